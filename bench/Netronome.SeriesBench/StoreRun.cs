using System.Collections.Immutable;
using System.Diagnostics;
using Netronome.Server.Database;
using Netronome.Server.Series;

namespace Netronome.SeriesBench;

/// <summary>What one run of our store measured.</summary>
sealed record StoreFigures(
    double SamplesPerSecond, double CpuMicrosPerSample, double BytesPerSealedSample, double RollupBytesPerSample, double DiskBytesPerSample,
    double QueryMs, long Counted);

/// <summary>Fills an empty database through the store's own door, durably, and asks it one question.</summary>
static class StoreRun
{
    const int BatchSamples = 65_536;
    static readonly CancellationToken None = CancellationToken.None;

    internal static async Task<StoreFigures> MeasureAsync(IDatabase database, bool uneven)
    {
        var time = TimeProvider.System;
        await Migrator.RunAsync(database, SeriesStore.Migrations, None);
        await using var store = await SeriesStore.OpenAsync(database, SeriesStoreOptions.Default, time);
        var now = Tiers.Floor(time.GetUtcNow().ToUnixTimeMicroseconds(), Tiers.DayMicros);
        var many = new RttData(1000, 8640, now - Tiers.DayMicros, uneven);
        var one = new RttData(1, 259_200, now - (30 * Tiers.DayMicros), uneven);
        var series = new List<SeriesId>();
        for (var index = 0; index <= 1000; index++)
        {
            series.Add(await store.FindOrCreateAsync(
                new("rtt", SeriesKind.Probe, ImmutableSortedDictionary<string, string>.Empty.Add("n", $"{index}")), None));
        }

        // Made beforehand: the generator is not what is measured.
        var batches = many.Batches(series[..1000], BatchSamples).Concat(one.Batches(series[1000..], BatchSamples)).ToList();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var writing = new Queue<Task>();
        foreach (var batch in batches)
        {
            writing.Enqueue(store.WriteAsync(batch, None));
            // A few on the way, so that the loop never waits for us.
            if (writing.Count > 3)
                await writing.Dequeue();
        }

        await Task.WhenAll(writing);
        var seconds = watch.Elapsed.TotalSeconds;
        using var process = Process.GetCurrentProcess();
        var cpuSeconds = (process.TotalProcessorTime - cpu).TotalSeconds;
        var total = many.Count + one.Count;

        var (chunkBytes, chunkSamples) = (await database.ReadAsync((session, token) => session.QueryAsync(
            "SELECT CAST(SUM(length(data)) AS BIGINT), CAST(SUM(samples) AS BIGINT) FROM series_chunks",
            row => (row.Int64(0), row.Int64(1)), token), None))[0];
        var rollupBytes = (await database.ReadAsync((session, token) => session.QueryAsync(
            "SELECT CAST(SUM(length(data)) AS BIGINT) FROM series_rollups", row => row.Int64(0), token), None))[0];
        var columns = await store.QueryProbesAsync(series[1000], now - (30 * Tiers.DayMicros), now, Tiers.HourMicros, None);
        List<double> queries = [];
        for (var run = 0; run < 25; run++)
        {
            var start = Stopwatch.GetTimestamp();
            columns = await store.QueryProbesAsync(series[1000], now - (30 * Tiers.DayMicros), now, Tiers.HourMicros, None);
            queries.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        queries.Sort();
        return new(
            total / seconds, cpuSeconds * 1e6 / total, (double)chunkBytes / chunkSamples, (double)rollupBytes / chunkSamples,
            (double)(await database.SizeAsync(None))! / total, queries[queries.Count / 2], columns.Sent.Sum());
    }
}
