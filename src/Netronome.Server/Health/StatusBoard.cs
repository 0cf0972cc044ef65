using System.Text.Json;
using Netronome.Server.Database;
using Netronome.Server.Live;
using Netronome.Server.Series;

namespace Netronome.Server.Health;

/// <summary>Asked for counts of monitors and for the state of ICMP without knowing who has them.</summary>
public sealed record StatusSources(Func<MonitorCounts> Monitors, Func<IcmpStatus> Icmp);

/// <summary>Puts together how the server is, and tells it live when it changes.</summary>
sealed class StatusBoard(
    IDatabase database, SchemaLoop schema, SeriesAccess series, ServerLives lives, StatusSources sources, LiveFeed feed, ServerOptions options,
    TimeProvider time)
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SizeIsFresh = TimeSpan.FromSeconds(30);

    long? _sizeBytes;
    long _sizeReadAt;

    /// <summary>Everything at once.</summary>
    public async Task<ServerStatus> ShowAsync(CancellationToken cancellationToken)
    {
        await ReadSizeAsync(cancellationToken);
        var change = Look();
        return new ServerStatus(
            ProgramVersion, lives.StartedAt, time.GetUtcNow(), options.Zone.Id, options.BasePath + "/", change.Monitors, change.Database,
            change.Series, change.Icmp);
    }

    /// <summary>What a load balancer asks. Reasons say nothing secret: this needs no login.</summary>
    public ReadyAnswer Ready()
    {
        var watch = database.Watch.State;
        var isMigrated = schema.Migrated.IsCompletedSuccessfully;
        var fault = series.Store?.Status.Fault;
        var checks = new ReadyChecks(
            watch.Ready ? new ReadyCheck("ok") : new ReadyCheck("failed", FaultWords(watch.Fault)),
            isMigrated ? new ReadyCheck("ok") : new ReadyCheck("failed", schema.Fault is null ? "waits for the database" : "the schema can't be used"),
            series.Store is null ? new ReadyCheck("failed", "waits for the database")
                : fault is null ? new ReadyCheck("ok")
                : new ReadyCheck("failed", "samples wait in memory until the database takes them"));
        var isReady = watch.Ready && isMigrated && series.Store is not null;
        return new ReadyAnswer(isReady ? "ready" : "notReady", checks);
    }

    /// <summary>Tells changes live until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        ServerStatusChange? told = null;
        while (true)
        {
            var now = Look();
            // Figures that move all the time are no change by themselves; that samples pile up is.
            var comparable = now with
            {
                Database = now.Database with { SizeBytes = null },
                Series = now.Series with { LastCommitAt = null, SizeBytes = null, PendingSamples = now.Series.PendingSamples / 10_000 },
            };
            if (comparable != told)
            {
                told = comparable;
                feed.Publish(new LiveEvent(
                    "server", "status", JsonSerializer.SerializeToUtf8Bytes(now, ServerJson.Default.ServerStatusChange)));
            }

            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }

    internal static string ProgramVersion { get; } =
        typeof(StatusBoard).Assembly.GetName().Version is { } version ? version.ToString(3) : "0.0.0";

    ServerStatusChange Look()
    {
        var watch = database.Watch.State;
        var isReady = watch.Ready && schema.Migrated.IsCompletedSuccessfully;
        var samples = series.Store?.Status;
        return new ServerStatusChange(
            sources.Monitors(),
            new DatabaseStatus(
                database.Dialect == SqlDialect.Postgres ? "postgres" : "sqlite", isReady ? "ready" : "away", watch.Since,
                isReady ? null : schema.Fault ?? watch.Reason, Volatile.Read(ref _sizeReadAt) == 0 ? null : _sizeBytes),
            new SeriesStatusView(samples?.PendingSamples ?? 0, samples?.DroppedSamples ?? 0, samples?.LastCommitAt, samples?.SizeBytes),
            sources.Icmp());
    }

    async Task ReadSizeAsync(CancellationToken cancellationToken)
    {
        if (_sizeReadAt != 0 && time.GetElapsedTime(_sizeReadAt) < SizeIsFresh)
            return;
        try
        {
            _sizeBytes = await database.SizeAsync(cancellationToken);
            Volatile.Write(ref _sizeReadAt, time.GetTimestamp());
        }
        catch (DatabaseException)
        {
            // Not known now; what was known stays.
        }
    }

    static string FaultWords(DatabaseFault? fault) => fault switch
    {
        DatabaseFault.DiskFull => "the disk is full",
        DatabaseFault.ReadOnly => "it can't be written",
        DatabaseFault.Locked => "another server holds it",
        DatabaseFault.Unusable => "it can't be used",
        _ => "it does not answer",
    };
}
