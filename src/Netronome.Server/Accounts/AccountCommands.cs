using Microsoft.Extensions.Logging.Abstractions;
using Netronome.Server.Database;
using Netronome.Server.Http;

namespace Netronome.Server.Accounts;

/// <summary>How a command about accounts ended: null means done, otherwise a sentence.</summary>
/// <param name="Fault">Why it was not done.</param>
/// <param name="IsDatabaseFault">The database is the reason, not what was asked.</param>
public sealed record AccountResult(string? Fault = null, bool IsDatabaseFault = false);

/// <summary>Accounts from the command line, on a database that no server holds at the moment.</summary>
public static class AccountCommands
{
    /// <summary>Makes the first account.</summary>
    public static Task<AccountResult> CreateUserAsync(
        ServerOptions options, string username, string password, CancellationToken cancellationToken) =>
        RunAsync(options, username, password, async database =>
        {
            var user = await new UserStore(database, TimeProvider.System).AddFirstAsync(username, PasswordHash.Create(password), cancellationToken);
            return user is null ? new AccountResult("There is an account already, so registration is closed.") : new AccountResult();
        }, cancellationToken);

    /// <summary>Sets a password and ends all sessions of the account.</summary>
    public static Task<AccountResult> ChangePasswordAsync(
        ServerOptions options, string username, string password, CancellationToken cancellationToken) =>
        RunAsync(options, username, password, async database =>
        {
            var users = new UserStore(database, TimeProvider.System);
            if (await users.FindAsync(username, cancellationToken) is not { } user)
                return new AccountResult($"There is no account named {username}.");
            await users.SetPasswordAsync(user.Id, PasswordHash.Create(password), cancellationToken);
            await new SessionStore(database, TimeProvider.System).RemoveAllAsync(user.Id, except: null, cancellationToken);
            return new AccountResult();
        }, cancellationToken);

    static async Task<AccountResult> RunAsync(
        ServerOptions options, string username, string password, Func<IDatabase, Task<AccountResult>> work,
        CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        Credentials.CheckName(faults, username);
        Credentials.CheckPassword(faults, "password", password);
        if (!faults.None)
            return new AccountResult(string.Join(' ', faults.Faults.Select(fault => fault.Detail)));
        try
        {
            await using var database = await ServerHost.OpenDatabaseAsync(
                options, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
            await Migrator.RunAsync(database, ServerHost.Migrations, cancellationToken);
            return await work(database);
        }
        catch (DatabaseException exception)
        {
            return new AccountResult(exception.Message, IsDatabaseFault: true);
        }
    }
}
