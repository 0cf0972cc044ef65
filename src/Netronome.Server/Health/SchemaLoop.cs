using Microsoft.Extensions.Logging;
using Netronome.Server.Database;

namespace Netronome.Server.Health;

/// <summary>Brings the schema up to date, also when the database comes only later, and keeps asking whether it answers.</summary>
public sealed partial class SchemaLoop(
    IDatabase database, IReadOnlyList<Migration> migrations, TimeProvider time, LoopPulses pulses, ILogger<SchemaLoop> logger)
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly LoopPulse _pulse = pulses.Add("database");
    readonly TaskCompletionSource _migrated = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once the schema is there; loops that need it wait here.</summary>
    public Task Migrated => _migrated.Task;

    /// <summary>Why the schema could not be brought up to date, for what waiting can't cure.</summary>
    public string? Fault { get; private set; }

    /// <summary>Brings the schema up to date once. False: the database is away. What waiting can't cure is thrown.</summary>
    public async Task<bool> MigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Migrator.RunAsync(database, migrations, cancellationToken);
            _migrated.TrySetResult();
            return true;
        }
        catch (DatabaseException exception) when (exception.Fault == DatabaseFault.Unavailable)
        {
            LogAway(exception.Message);
            return false;
        }
    }

    /// <summary>Looks again and again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            _pulse.Beat();
            await Task.Delay(Period, time, cancellationToken);
            _pulse.Beat();
            await LookAsync(cancellationToken);
        }
    }

    async Task LookAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (!Migrated.IsCompleted)
                await MigrateAsync(cancellationToken);
            else
                await database.ReadAsync(async (sql, token) => await sql.QueryAsync("SELECT 1", row => true, token), either.Token);
        }
        catch (DatabaseException exception)
        {
            // The database's own watch has noted it; a schema that is not ours stays so until somebody acts.
            if (!Migrated.IsCompleted && Fault != exception.Message)
                LogUnusable(Fault = exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogSlow(Patience.TotalSeconds);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database is away: {Reason}")]
    partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Error, "The database can't be used: {Reason}")]
    partial void LogUnusable(string reason);

    [LoggerMessage(LogLevel.Warning, "The database did not answer within {Seconds} s")]
    partial void LogSlow(double seconds);
}
