using Microsoft.Extensions.Logging;
using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>The one door in and the one way out of everything that is measured.</summary>
public sealed class SeriesStore : IAsyncDisposable
{
    /// <summary>The store's tables; run with those of the slices.</summary>
    public static IReadOnlyList<Migration> Migrations => throw new NotSupportedException();

    /// <summary>How the writer does.</summary>
    public SeriesStatus Status => throw new NotSupportedException();

    /// <summary>Reads what was not sealed when the last run ended, and starts the writer. The schema must be migrated.</summary>
    public static Task<SeriesStore> OpenAsync(
        IDatabase database, SeriesStoreOptions options, TimeProvider time, ILogger<SeriesStore>? logger = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>The number of a series, made when there is none yet.</summary>
    public ValueTask<SeriesId> FindOrCreateAsync(SeriesKey key, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Accepts samples; false when they were dropped because the buffer was full (counted in <see cref="Status"/>).</summary>
    public ValueTask<bool> EnqueueAsync(ReadOnlyMemory<Sample> samples, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Accepts samples and completes when they are durable.</summary>
    public Task WriteAsync(ReadOnlyMemory<Sample> samples, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Pooled columns of probes.</summary>
    public Task<ProbeColumns> QueryProbesAsync(
        SeriesId series, long fromMicros, long toMicros, long stepMicros, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Single probes, at most <paramref name="limit"/>.</summary>
    public Task<ProbePoints> ReadProbesAsync(
        SeriesId series, long fromMicros, long toMicros, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Removes a series and all its data.</summary>
    public Task DeleteAsync(SeriesId series, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Commits what is pending and stops.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
