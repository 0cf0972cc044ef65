using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Netronome.Server.Accounts;

/// <summary>Whether a password was right.</summary>
sealed record PasswordVerdict(bool IsRight);

/// <summary>What logging in and out is made of.</summary>
sealed partial class AccountService(
    UserStore users, SessionStore sessions, SessionGuard guard, LoginLimiter limiter, PasswordWork work, ILogger<AccountService> logger)
{
    public UserStore Users => users;

    public SessionStore Sessions => sessions;

    public SessionGuard Guard => guard;

    public LoginLimiter Limiter => limiter;

    public PasswordWork Work => work;

    /// <summary>Checks a password, with the same work for an unknown user; renews a hash of older parameters. Null: too busy.</summary>
    public async Task<PasswordVerdict?> VerifyAsync(StoredUser? user, string password, CancellationToken cancellationToken)
    {
        var stored = user?.PasswordHash ?? PasswordHash.Unknown;
        var verdict = await work.RunAsync(() => new PasswordVerdict(PasswordHash.Verify(password, stored) && user is not null), cancellationToken);
        if (verdict is { IsRight: true } && PasswordHash.IsOutdated(stored)
            && await work.RunAsync(() => PasswordHash.Create(password), cancellationToken) is { } renewed)
            await users.SetPasswordAsync(user!.Id, renewed, cancellationToken);
        return verdict;
    }

    /// <summary>Starts a session and hands its token over in the cookie; a session the browser had ends.</summary>
    public async Task<string> StartSessionAsync(HttpContext context, StoredUser user, CancellationToken cancellationToken)
    {
        var previous = SessionCookie.FindToken(context.Request);
        var (token, session) = await sessions.AddAsync(
            user.Id, user.Username, context.Connection.RemoteIpAddress?.ToString() ?? "", context.Request.Headers.UserAgent.ToString(),
            previous, cancellationToken);
        if (previous is not null)
            guard.Forget(user.Id);
        SessionCookie.Set(context, token);
        LogLoggedIn(session.Id, context.Connection.RemoteIpAddress);
        return token;
    }

    /// <summary>Ends one session of a user.</summary>
    public async Task<bool> EndSessionAsync(long user, string session, CancellationToken cancellationToken)
    {
        var existed = await sessions.RemoveAsync(user, session, cancellationToken);
        guard.Forget(user, session);
        return existed;
    }

    [LoggerMessage(LogLevel.Information, "Session {Session} began for a login from {Address}")]
    partial void LogLoggedIn(string session, IPAddress? address);

    [LoggerMessage(LogLevel.Warning, "A login from {Address} failed")]
    public partial void LogLoginFailed(IPAddress? address);
}
