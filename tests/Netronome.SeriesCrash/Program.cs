using System.Collections.Immutable;
using System.Globalization;
using Netronome.Server.Database;
using Netronome.Server.Series;

// Writes samples n, n + 1, … into four series and says on standard output how many are durable, until it is killed:
//   <start, UTC microseconds> <known to be durable> sqlite <file> | postgres <socket directory> <database>
// Sample n belongs to series n % 4, lies n milliseconds after the start, and took n microseconds.
var start = long.Parse(args[0], CultureInfo.InvariantCulture);
var next = long.Parse(args[1], CultureInfo.InvariantCulture);
var time = TimeProvider.System;
await using IDatabase database = args[2] == "sqlite"
    ? await SqliteDatabase.OpenAsync(args[3], time)
    : await PostgresDatabase.OpenAsync(new() { Host = args[3], User = "netronome", Database = args[4] }, time);
await Migrator.RunAsync(database, SeriesStore.Migrations, CancellationToken.None);

// Old samples are sealed at once by the small journal: the crash meets every kind of commit.
var options = SeriesStoreOptions.Default with { MaxJournalBytes = 4000, UpkeepInterval = TimeSpan.FromMilliseconds(1) };
await using var store = await SeriesStore.OpenAsync(database, options, time);
var series = new SeriesId[4];
for (var index = 0; index < series.Length; index++)
{
    series[index] = await store.FindOrCreateAsync(
        new("crash", SeriesKind.Probe, ImmutableSortedDictionary<string, string>.Empty.Add("n", $"{index}")), CancellationToken.None);
}

// Samples of the last run may be durable although it was killed before it could say so.
var known = next;
foreach (var id in series)
{
    var points = await store.ReadProbesAsync(id, start + (known * 1000), long.MaxValue / 4, int.MaxValue, CancellationToken.None);
    if (points.AtMicros.Length > 0)
        next = Math.Max(next, ((points.AtMicros[^1] - start) / 1000) + 1);
}

Console.Out.WriteLine($"start {next}");
Console.Out.Flush();
var random = new Random();
while (true)
{
    var batch = new Sample[random.Next(1, 200)];
    for (var index = 0; index < batch.Length; index++, next++)
        batch[index] = new(series[next % series.Length], start + (next * 1000), next * 1000);
    await store.WriteAsync(batch, CancellationToken.None);
    Console.Out.WriteLine($"durable {next}");
    Console.Out.Flush();
}
