using System.Diagnostics;
using Netronome.Server.Database;
using Netronome.Server.Series;

namespace Netronome.SeriesBench;

/// <summary>The anchor that needs no package: a row for each sample in an indexed table of the same SQLite, same durability.</summary>
static class PlainTable
{
    internal static async Task<(double SamplesPerSecond, double BytesPerSample, double QueryMs)> MeasureAsync(SqliteDatabase database)
    {
        var none = CancellationToken.None;
        await Migrator.RunAsync(database, [new(1, "plain",
            "CREATE TABLE plain (series BIGINT NOT NULL, at_us BIGINT NOT NULL, rtt_ns BIGINT NOT NULL); CREATE INDEX plain_at ON plain (series, at_us)")],
            none);
        // A tenth of the data: the rate hardly depends on it, the time does.
        var data = new RttData(1000, 864, 0, uneven: false);
        var series = Enumerable.Range(0, 1000).Select(index => new SeriesId(index)).ToArray();
        var batches = data.Batches(series, 65_536).ToList();
        var watch = Stopwatch.StartNew();
        foreach (var batch in batches)
        {
            await database.WriteAsync(async (session, token) =>
            {
                await session.InsertAsync("plain", ["series", "at_us", "rtt_ns"],
                    batch.Select(sample => new SqlValue[] { sample.Series.Value, sample.AtMicros, sample.Bits }), token);
                return 0;
            }, none);
        }

        var rate = data.Count / watch.Elapsed.TotalSeconds;
        return (rate, (double)(await database.SizeAsync(none))! / data.Count, double.NaN);
    }
}
