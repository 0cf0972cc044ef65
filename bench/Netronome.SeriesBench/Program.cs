using System.Globalization;
using Netronome.SeriesBench;
using Netronome.Server.Database;
using Netronome.TestLab;

// The series store beside its anchors, all in one run: 1,000 series × 1 day at 10 s and one series × 30 days (see RttData).
// Arguments: number of runs (default 3).
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
var folder = Directory.CreateTempSubdirectory("netronome-bench-").FullName;
try
{
    await ReportAsync("SQLite, WAL, synchronous=FULL", uneven: false, SqliteAsync);
    await ReportAsync("SQLite, uneven times (late by 100 us on average, kept to the us)", uneven: true, SqliteAsync);
    if (PostgresServer.FindBinaries() is null)
    {
        Console.WriteLine("PostgreSQL: not installed, not measured");
    }
    else
    {
        await using var server = await PostgresServer.CreateAsync();
        await ReportAsync("PostgreSQL, synchronous_commit=on", uneven: false, async () =>
            await PostgresDatabase.OpenAsync(
                new() { Host = server.Host, User = PostgresServer.User, Database = await server.CreateDatabaseAsync() }, TimeProvider.System));
    }

    await using (var plain = (SqliteDatabase)await SqliteAsync())
    {
        var (rate, bytes, _) = await PlainTable.MeasureAsync(plain);
        Console.WriteLine($"anchor: SQLite, a row a sample and an index, 1 day / 10: {rate / 1e3:F0} k samples/s, {bytes:F1} B/sample");
    }

    await VictoriaMetrics.ReportAsync(folder);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task<IDatabase> SqliteAsync() =>
    await SqliteDatabase.OpenAsync(Path.Combine(folder, $"{Guid.NewGuid():N}.db"), TimeProvider.System);

async Task ReportAsync(string title, bool uneven, Func<Task<IDatabase>> open)
{
    List<StoreFigures> figures = [];
    for (var run = 0; run < runs; run++)
    {
        await using var database = await open();
        figures.Add(await StoreRun.MeasureAsync(database, uneven));
    }

    Console.WriteLine(title);
    Line("samples/s, durable (k)", figure => figure.SamplesPerSecond / 1000, "F0");
    Line("CPU us/sample, both threads", figure => figure.CpuMicrosPerSample, "F2");
    Line("bytes/sealed sample, raw tier", figure => figure.BytesPerSealedSample, "F3");
    Line("bytes/sample, all roll-ups", figure => figure.RollupBytesPerSample, "F3");
    Line("bytes/sample, whole database with journal", figure => figure.DiskBytesPerSample, "F2");
    Line("30 days of one series at 1 h, ms", figure => figure.QueryMs, "F2");
    Line("probes counted by that query", figure => figure.Counted, "F0");

    void Line(string what, Func<StoreFigures, double> value, string format)
    {
        var sorted = figures.Select(value).Order().ToArray();
        var (middle, least, most) = (sorted[sorted.Length / 2], sorted[0], sorted[^1]);
        Console.WriteLine($"  {what,-44} {middle.ToString(format, null),10}  [{least.ToString(format, null)}-{most.ToString(format, null)}]");
    }
}
