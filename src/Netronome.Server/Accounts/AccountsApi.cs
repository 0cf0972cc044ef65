using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Netronome.Server.Http;

namespace Netronome.Server.Accounts;

/// <summary>Accounts and sessions over HTTP: the contract's routes plus the list of sessions.</summary>
static class AccountsApi
{
    public static RouteGroupBuilder MapAccounts(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/auth").WithTags("accounts");
        group.MapGet("/status", StatusAsync).AllowAnonymous();
        group.MapPost("/register", RegisterAsync).AllowAnonymous();
        group.MapPost("/login", LoginAsync).AllowAnonymous();
        group.MapPost("/logout", LogoutAsync).RequireLogin();
        group.MapGet("/verify", Verify).RequireLogin();
        group.MapGet("/user", User).RequireLogin();
        group.MapGet("/sessions", ListSessionsAsync).RequireLogin();
        group.MapDelete("/sessions/{id}", EndSessionAsync).RequireLogin();
        group.MapPost("/password", ChangePasswordAsync).RequireLogin();
        return group;
    }

    static async Task<Ok<AuthStatus>> StatusAsync(AccountService accounts, CancellationToken cancellationToken) =>
        TypedResults.Ok(new AuthStatus(await accounts.Users.AnyAsync(cancellationToken), false, false));

    static async Task<Results<Created<RegisterAnswer>, ProblemResult>> RegisterAsync(
        CredentialsRequest body, AccountService accounts, HttpContext context, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        Credentials.CheckName(faults, body.Username);
        Credentials.CheckPassword(faults, "password", body.Password);
        if (await accounts.Users.AnyAsync(cancellationToken))
            return RegistrationClosed();
        if (!faults.None)
            return Problems.Invalid(faults);
        if (await accounts.Work.RunAsync(() => PasswordHash.Create(body.Password!), cancellationToken) is not { } hash)
            return Busy();
        if (await accounts.Users.AddFirstAsync(body.Username!, hash, cancellationToken) is not { } user)
            return RegistrationClosed();

        await accounts.StartSessionAsync(context, user, cancellationToken);
        return TypedResults.Created(
            (string?)null, new RegisterAnswer("User registered successfully", new UserView(user.Id, user.Username)));
    }

    static async Task<Results<Ok<LoginAnswer>, ProblemResult>> LoginAsync(
        CredentialsRequest body, AccountService accounts, HttpContext context,
        CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        if (string.IsNullOrEmpty(body.Username))
            faults.Add("username", "required", "A user name is needed.");
        if (string.IsNullOrEmpty(body.Password))
            faults.Add("password", "required", "A password is needed.");
        if (!faults.None)
            return Problems.Invalid(faults);
        if (body.Username!.Length > 255 || body.Password!.Length > Credentials.MostPasswordLength)
            return WrongCredentials();

        var address = context.Connection.RemoteIpAddress;
        if (accounts.Limiter.Take(body.Username, address) is { } wait)
            return Problems.TooMany("Too many failed logins. Wait before trying again.", wait);

        var user = await accounts.Users.FindAsync(body.Username, cancellationToken);
        var verdict = await accounts.VerifyAsync(user, body.Password, cancellationToken);
        if (verdict is null)
            return Busy();
        if (!verdict.IsRight)
        {
            accounts.LogLoginFailed(address);
            return WrongCredentials();
        }

        accounts.Limiter.Succeeded(body.Username, address);
        var token = await accounts.StartSessionAsync(context, user!, cancellationToken);
        return TypedResults.Ok(new LoginAnswer(
            token, "Bearer", (long)Session.IdleLife.TotalSeconds, new UserView(user!.Id, user.Username)));
    }

    static async Task<Ok<MessageAnswer>> LogoutAsync(
        Caller caller, AccountService accounts, HttpContext context, CancellationToken cancellationToken)
    {
        if (caller.SessionId is { } session)
            await accounts.EndSessionAsync(caller.UserId, session, cancellationToken);
        SessionCookie.Remove(context);
        return TypedResults.Ok(new MessageAnswer("Logged out successfully"));
    }

    static Ok<VerifyAnswer> Verify(Caller caller) =>
        TypedResults.Ok(new VerifyAnswer("Token is valid", caller.SessionId is null ? "whitelist" : "session"));

    static Ok<UserAnswer> User(Caller caller) => TypedResults.Ok(new UserAnswer(new UserView(caller.UserId, caller.Username)));

    static async Task<Ok<SessionList>> ListSessionsAsync(
        Caller caller, AccountService accounts, CancellationToken cancellationToken)
    {
        var sessions = await accounts.Sessions.ListAsync(caller.UserId, cancellationToken);
        return TypedResults.Ok(new SessionList([.. sessions.Select(session => new SessionView(
            session.Id, session.CreatedAt, session.LastSeenAt, session.Address, session.UserAgent, session.Id == caller.SessionId))]));
    }

    static async Task<Results<NoContent, ProblemResult>> EndSessionAsync(
        string id, Caller caller, AccountService accounts, CancellationToken cancellationToken) =>
        await accounts.EndSessionAsync(caller.UserId, id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("session");

    static async Task<Results<NoContent, ProblemResult>> ChangePasswordAsync(
        PasswordRequest body, Caller caller, AccountService accounts, HttpContext context, CancellationToken cancellationToken)
    {
        if (caller.SessionId is null)
            return new ProblemResult(StatusCodes.Status403Forbidden, "no_account", "An address of the whitelist has no password.");
        var faults = new FaultList();
        if (string.IsNullOrEmpty(body.Current) || body.Current.Length > Credentials.MostPasswordLength)
            faults.Add("current", "required", "The present password is needed.");
        Credentials.CheckPassword(faults, "next", body.Next);
        if (!faults.None)
            return Problems.Invalid(faults);

        var address = context.Connection.RemoteIpAddress;
        if (accounts.Limiter.Take(caller.Username, address) is { } wait)
            return Problems.TooMany("Too many failed tries. Wait before trying again.", wait);
        var user = await accounts.Users.FindAsync(caller.Username, cancellationToken);
        var verdict = await accounts.VerifyAsync(user, body.Current!, cancellationToken);
        if (verdict is null)
            return Busy();
        if (!verdict.IsRight)
        {
            faults.Add("current", "wrong", "The present password is another one.");
            return Problems.Invalid(faults);
        }

        accounts.Limiter.Succeeded(caller.Username, address);
        if (await accounts.Work.RunAsync(() => PasswordHash.Create(body.Next!), cancellationToken) is not { } hash)
            return Busy();
        await accounts.Users.SetPasswordAsync(user!.Id, hash, cancellationToken);
        await accounts.Sessions.RemoveAllAsync(user.Id, caller.SessionId, cancellationToken);
        accounts.Guard.Forget(user.Id);
        return TypedResults.NoContent();
    }

    static ProblemResult RegistrationClosed() =>
        new(StatusCodes.Status403Forbidden, "registration_closed", "Registration is disabled: there is an account already.");

    static ProblemResult WrongCredentials() => new(StatusCodes.Status401Unauthorized, "invalid_credentials", "Invalid credentials");

    static ProblemResult Busy() => Problems.TooMany("Too many logins at once.", TimeSpan.FromSeconds(2));
}
