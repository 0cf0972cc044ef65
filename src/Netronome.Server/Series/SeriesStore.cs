using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>
/// The one door in and the one way out of everything that is measured. Accepted samples are kept in memory until the writer loop has
/// committed them; committed means: survives kill -9 and power loss.
/// </summary>
public sealed partial class SeriesStore : IAsyncDisposable
{
    /// <summary>How long a stop waits for the database to take what is pending.</summary>
    static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    readonly SeriesIndex index = new();
    readonly SeriesState state = new();
    readonly IDatabase database;
    readonly SeriesStoreOptions options;
    readonly TimeProvider time;
    readonly SampleQueue queue;
    readonly SeriesWriter writer;
    readonly SeriesReader reader;
    Task loop = Task.CompletedTask;
    long dropped;
    int disposed;

    SeriesStore(IDatabase database, SeriesStoreOptions options, TimeProvider time, ILogger logger)
    {
        (this.database, this.options, this.time) = (database, options, time);
        queue = new(options.MaxPendingSamples);
        writer = new(database, index, state, queue, options, time, logger);
        reader = new(database);
    }

    /// <summary>The store's tables; run with those of the slices.</summary>
    public static IReadOnlyList<Migration> Migrations => SeriesSchema.Migrations;

    /// <summary>How the writer does.</summary>
    public SeriesStatus Status => new(
        queue.Pending, Interlocked.Read(ref dropped), writer.Refused, writer.Committed, writer.LastCommitAt, state.TotalBytes,
        writer.Fault);

    /// <summary>
    /// Reads what was not sealed when the last run ended, and starts the writer. The schema must be migrated. While PostgreSQL is away this
    /// fails with <see cref="DatabaseFault.Unavailable"/>; wait for <see cref="IDatabase.Watch"/> and try again.
    /// </summary>
    public static async Task<SeriesStore> OpenAsync(
        IDatabase database, SeriesStoreOptions options, TimeProvider time, ILogger<SeriesStore>? logger = null,
        CancellationToken cancellationToken = default)
    {
        ILogger log = logger ?? NullLogger<SeriesStore>.Instance;
        var store = new SeriesStore(database, options, time, log);
        var replay = new SeriesReplay(database, store.index, store.state, time, log);
        await replay.RunAsync(cancellationToken);
        store.writer.Resume(replay);
        store.loop = Task.Run(store.writer.RunAsync, CancellationToken.None);
        return store;
    }

    /// <summary>The number of a series, made when there is none yet.</summary>
    /// <exception cref="ArgumentException">The name is taken by a series of another kind.</exception>
    public async ValueTask<SeriesId> FindOrCreateAsync(SeriesKey key, CancellationToken cancellationToken) =>
        (await index.FindOrCreateAsync(database, key, cancellationToken)).Id;

    /// <summary>
    /// Accepts samples in order. When the buffer is full, waits up to <see cref="SeriesStoreOptions.MaxIntakeWait"/> while the database
    /// answers; then, and at once while it is away, all of them are dropped, counted in <see cref="Status"/>, and the result is false.
    /// Samples of unknown series or of impossible times are refused later and counted.
    /// </summary>
    public async ValueTask<bool> EnqueueAsync(ReadOnlyMemory<Sample> samples, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (Open() && queue.Offer(samples.Span, partly: false, done: null) < samples.Length)
        {
            var left = options.MaxIntakeWait - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || !database.Watch.State.Ready || samples.Length > options.MaxPendingSamples)
            {
                Interlocked.Add(ref dropped, samples.Length);
                return false;
            }

            await Task.WhenAny(queue.RoomAsync(), Task.Delay(left, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }

        return true;
    }

    /// <summary>
    /// Accepts samples, waiting for room as long as it takes, and completes when they are durable. While the database is away that is when
    /// it returns; cancelling stops the waiting, not the writing of what was accepted.
    /// </summary>
    public async Task WriteAsync(ReadOnlyMemory<Sample> samples, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (Open() && !samples.IsEmpty)
        {
            samples = samples[queue.Offer(samples.Span, partly: true, done)..];
            if (samples.IsEmpty)
            {
                await done.Task.WaitAsync(cancellationToken);
                return;
            }

            await queue.RoomAsync().WaitAsync(cancellationToken);
        }
    }

    /// <summary>Removes a series and all its data; its number is never used again.</summary>
    public Task DeleteAsync(SeriesId series, CancellationToken cancellationToken)
    {
        Open();
        return writer.DeleteAsync(series, cancellationToken);
    }

    /// <summary>Commits what is pending and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        await writer.StopAsync(loop, StopPatience);
        writer.Dispose();
    }

    bool Open()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) != 0, this);
        return true;
    }

    SeriesHead Head(SeriesId series, SeriesKind kind)
    {
        Open();
        var head = index.Find(series) ?? throw new KeyNotFoundException($"There is no series {series.Value}.");
        return head.Kind == kind
            ? head
            : throw new ArgumentException($"Series {series.Value} is a {head.Kind}, not a {kind}.", nameof(series));
    }
}
