using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Netronome.Server.Series;
using Netronome.Server.Tests.Database;
using Netronome.TestLab;

namespace Netronome.Server.Tests.Series;

/// <summary>A writing program is killed at random instants; whatever it had acknowledged is there, once, and in every tier.</summary>
public abstract class SeriesCrashTests(TestDatabases databases) : IAsyncLifetime
{
    const int Rounds = 100, RoundsBetweenChecks = 20, SeriesCount = 4;
    static readonly CancellationToken None = CancellationToken.None;
    readonly long start = TimeProvider.System.GetUtcNow().AddDays(-30).ToUnixTimeMicroseconds();

    protected abstract string[] ChildArguments { get; }

    public Task InitializeAsync() => databases.InitializeAsync();

    public Task DisposeAsync() => databases.DisposeAsync();

    protected abstract Task BreakAsync(int round);

    protected abstract Task IntegrityIsCleanAsync();

    [Fact]
    public async Task Kill_9_a_hundred_times_loses_nothing_acknowledged()
    {
        var random = new Random();
        var acknowledged = 0L;
        for (var round = 1; round <= Rounds; round++)
        {
            acknowledged = Math.Max(acknowledged, await RunAndKillAsync(round, acknowledged, random));
            if (round % RoundsBetweenChecks == 0)
                await EverythingIsThereAsync(acknowledged);
        }

        await IntegrityIsCleanAsync();
        Assert.True(acknowledged > Rounds, $"Only {acknowledged} samples were acknowledged; nothing was tested.");
    }

    async Task<long> RunAndKillAsync(int round, long acknowledged, Random random)
    {
        var info = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "Netronome.SeriesCrash.dll"),
            start.ToString(CultureInfo.InvariantCulture), acknowledged.ToString(CultureInfo.InvariantCulture), .. ChildArguments])
            info.ArgumentList.Add(argument);
        using var child = Process.Start(info)!;
        var errors = child.StandardError.ReadToEndAsync();
        var first = await child.StandardOutput.ReadLineAsync();
        Assert.True(first?.StartsWith("start", StringComparison.Ordinal), $"Round {round}: {first} {(first is null ? await errors : "")}");

        var rest = ReadAsync(child.StandardOutput, acknowledged);
        // The instant of the kill is what the test varies.
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 80)));
        await BreakAsync(round);
        child.Kill();
        await child.WaitForExitAsync();
        return await rest;
    }

    static async Task<long> ReadAsync(StreamReader lines, long last)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            // The kill may cut the last line.
            if (line.StartsWith("durable ", StringComparison.Ordinal) && line.Length > 8)
                last = Math.Max(last, long.Parse(line.AsSpan(8), CultureInfo.InvariantCulture));
        }

        return last;
    }

    async Task EverythingIsThereAsync(long acknowledged)
    {
        await using var database = await databases.OpenAsync();
        await using var store = await SeriesStore.OpenAsync(database, SeriesStoreOptions.Default, TimeProvider.System);
        List<long> numbers = [];
        for (var index = 0; index < SeriesCount; index++)
        {
            var series = await store.FindOrCreateAsync(
                new("crash", SeriesKind.Probe, ImmutableSortedDictionary<string, string>.Empty.Add("n", $"{index}")), None);
            var points = await store.ReadProbesAsync(series, 0, long.MaxValue / 4, int.MaxValue, None);
            numbers.AddRange(points.AtMicros.Select(at => (at - start) / 1000));
            Assert.Equal(points.AtMicros.Select(at => (double?)((at - start) / 1000)), points.RttUs);
            var end = points.AtMicros.Length == 0 ? start + 1 : points.AtMicros[^1] + 1;
            foreach (var step in new[] { Tiers.MinuteMicros, Tiers.HourMicros, Tiers.DayMicros })
            {
                var columns = await store.QueryProbesAsync(series, start, end, step, None);
                Assert.Equal(points.AtMicros.Length, columns.Sent.Sum());
            }
        }

        numbers.Sort();
        Assert.True(numbers.Count >= acknowledged, $"{acknowledged} acknowledged, {numbers.Count} found");
        Assert.Equal(Enumerable.Range(0, numbers.Count).Select(number => (long)number), numbers);
    }
}

[Collection(KillCollection.Name)]
public sealed class SqliteSeriesCrashTests : SeriesCrashTests
{
    readonly SqliteTestDatabases databases;

    public SqliteSeriesCrashTests()
        : this(new())
    {
    }

    SqliteSeriesCrashTests(SqliteTestDatabases databases)
        : base(databases) => this.databases = databases;

    protected override string[] ChildArguments => ["sqlite", databases.File];

    protected override Task BreakAsync(int round) => Task.CompletedTask;

    protected override async Task IntegrityIsCleanAsync()
    {
        await using var database = await databases.OpenAsync();
        var said = await database.ReadAsync(
            (session, token) => session.QueryAsync("PRAGMA integrity_check", row => row.Text(0), token), CancellationToken.None);
        Assert.Equal(["ok"], said);
    }
}

/// <summary>In some rounds PostgreSQL itself is killed too; it has to itself, so that other tests do not notice.</summary>
[Collection(KillCollection.Name)]
public sealed class PostgresSeriesCrashTests : SeriesCrashTests, IClassFixture<PostgresFixture>
{
    readonly PostgresServer server;
    readonly PostgresTestDatabases databases;

    public PostgresSeriesCrashTests(PostgresFixture fixture)
        : this(fixture.Server, new(fixture.Server))
    {
    }

    PostgresSeriesCrashTests(PostgresServer server, PostgresTestDatabases databases)
        : base(databases) => (this.server, this.databases) = (server, databases);

    protected override string[] ChildArguments => ["postgres", databases.Options.Host, databases.Options.Database];

    protected override async Task BreakAsync(int round)
    {
        if (round % 10 != 5)
            return;
        await server.StopImmediatelyAsync();
        await server.StartAsync();
    }

    protected override Task IntegrityIsCleanAsync() => server.CheckAsync(databases.Options.Database);
}

/// <summary>A hundred starts and kills take both cores: with nothing beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class KillCollection
{
    public const string Name = "kill";
}
