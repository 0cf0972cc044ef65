using System.Collections.Immutable;
using Netronome.Probing;
using Netronome.Server.Database;
using Netronome.Server.Series;
using Netronome.Server.Tests.Database;

namespace Netronome.Server.Tests.Series;

/// <summary>What the store promises, on both databases.</summary>
public abstract class SeriesStoreTests(TestDatabases databases) : IAsyncLifetime
{
    const long Second = 1_000_000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour;
    static readonly CancellationToken None = CancellationToken.None;

    readonly SeriesClock clock = new();
    IDatabase database = null!;

    SeriesStoreOptions Options { get; set; } = SeriesStoreOptions.Default with { UpkeepInterval = TimeSpan.FromMilliseconds(50) };

    SeriesStore Store { get; set; } = null!;

    long Now => clock.Now.ToUnixTimeMicroseconds();

    public async Task InitializeAsync()
    {
        await databases.InitializeAsync();
        await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await CloseAsync();
        await databases.DisposeAsync();
    }

    [Fact]
    public async Task The_same_key_is_the_same_series_and_another_kind_is_refused()
    {
        var first = await SeriesAsync("a", SeriesKind.Probe);
        Assert.Equal(first, await SeriesAsync("a", SeriesKind.Probe));
        Assert.NotEqual(first, await SeriesAsync("b", SeriesKind.Probe));
        await Assert.ThrowsAsync<ArgumentException>(async () => await SeriesAsync("a", SeriesKind.Gauge));
        await ReopenAsync();
        Assert.Equal(first, await SeriesAsync("a", SeriesKind.Probe));
    }

    [Fact]
    public async Task What_was_written_is_read_at_once_and_after_a_restart()
    {
        var series = await SeriesAsync("a", SeriesKind.Probe);
        var samples = Probes(series, Now - (3 * Hour), 1000, number => number % 10 == 3 ? -1 : 20_000_000 + (number * 1000));
        await Store.WriteAsync(samples, None);
        for (var run = 0; run < 2; run++)
        {
            var points = await Store.ReadProbesAsync(series, 0, Now, 5000, None);
            Assert.Equal(samples.Select(sample => sample.AtMicros), points.AtMicros);
            Assert.Equal(samples.Select(sample => sample.Bits < 0 ? (double?)null : sample.Bits / 1000.0), points.RttUs);
            Assert.Equal(Loss.Timeout, points.Loss[3]);
            Assert.False(points.Truncated);
            await ReopenAsync();
        }
    }

    [Fact]
    public async Task Full_heads_become_chunks_and_nothing_is_lost_or_doubled_across_restarts()
    {
        var (fast, slow) = (await SeriesAsync("fast", SeriesKind.Probe), await SeriesAsync("slow", SeriesKind.Probe));
        var random = new Random(1);
        var expected = new List<Sample>();
        for (var part = 0; part < 12; part++)
        {
            var start = Now - (10 * Hour) + (part * 1000 * Second);
            var samples = Probes(fast, start, 1000, _ => random.Next(10_000, 11_000) * 1000L).ToList();
            samples.Insert(500, new(slow, start, 5_000_000 + part));
            expected.AddRange(samples);
            await Store.WriteAsync(samples.ToArray(), None);
            if (part % 3 == 2)
                await ReopenAsync();
        }

        foreach (var series in new[] { fast, slow })
        {
            var own = expected.Where(sample => sample.Series == series).ToArray();
            var points = await Store.ReadProbesAsync(series, 0, Now, 20_000, None);
            Assert.Equal(own.Select(sample => sample.Bits / 1000.0), points.RttUs.Select(rtt => rtt!.Value));
            var columns = await Store.QueryProbesAsync(series, Now - (12 * Hour), Now, Hour, None);
            Assert.Equal(Tier.Hour, columns.Resolution);
            Assert.Equal(own.Length, columns.Sent.Sum());
            Assert.Equal(own.Max(sample => sample.Bits) / 1000.0, columns.Summary.Rtt!.MaxUs);
            Assert.Equal(own.Average(sample => sample.Bits) / 1000.0, columns.Summary.Rtt.MeanUs, 6);
        }

        Assert.True(Store.Status.SizeBytes > 3000);
    }

    [Theory]
    [InlineData(10 * Second, Tier.Raw)]
    [InlineData(Minute, Tier.Minute)]
    [InlineData(Hour, Tier.Hour)]
    [InlineData(Day, Tier.Day)]
    public async Task Columns_pool_probes_and_gaps_are_null(long step, Tier tier)
    {
        var series = await SeriesAsync("a", SeriesKind.Probe);
        var start = Now - (10 * Day);
        var random = new Random(2);
        var columnsWanted = 6;
        List<Sample> samples = [];
        // Column 2 stays empty, column 4 has only losses.
        foreach (var column in new[] { 0, 1, 3, 4, 5 })
        {
            for (var number = 0; number < 900; number++)
            {
                samples.Add(new(series, start + (column * step) + (step * number / 900),
                    column == 4 ? -2 : random.NextInt64(10_000, 90_000) * 1000));
            }
        }

        await Store.WriteAsync(samples.ToArray(), None);
        var columns = await Store.QueryProbesAsync(series, start, start + (columnsWanted * step), step, None);
        Assert.Equal(tier, columns.Resolution);
        Assert.Equal([900, 900, 0, 900, 900, 900], columns.Sent);
        Assert.Equal([0, 0, 0, 0, 900, 0], columns.Lost);
        Assert.Equal([0, 0, 0, 0, 900, 0], columns.LostByReason[Loss.HostUnreachable]);
        Assert.Null(columns.P50Us[2]);
        Assert.Null(columns.MaxUs[4]);
        for (var column = 0; column < columnsWanted; column++)
        {
            var own = samples.Where(sample => sample.AtMicros >= start + (column * step) && sample.AtMicros < start + ((column + 1) * step)
                && sample.Bits >= 0).Select(sample => sample.Bits / 1000.0).Order().ToArray();
            if (own.Length == 0)
                continue;
            Assert.Equal(own[0], columns.MinUs[column]!.Value, 6);
            Assert.Equal(own[^1], columns.MaxUs[column]!.Value, 6);
            Assert.InRange(columns.P50Us[column]!.Value / own[449], 0.97, 1.03);
            Assert.InRange(columns.P99Us[column]!.Value / own[890], 0.97, 1.03);
        }

        var all = samples.Where(sample => sample.Bits >= 0).Select(sample => sample.Bits / 1000.0).ToArray();
        var rtt = columns.Summary.Rtt!;
        Assert.Equal(3600, rtt.Count);
        Assert.Equal(all.Average(), rtt.MeanUs, 3);
        Assert.InRange(rtt.StddevUs / Math.Sqrt(all.Average(value => Math.Pow(value - all.Average(), 2))), 0.995, 1.005);
        Assert.Equal(tier == Tier.Raw, columns.Summary.JitterUs is not null);
    }

    [Fact]
    public async Task A_spike_of_one_probe_a_year_ago_is_seen_at_a_years_zoom()
    {
        var series = await SeriesAsync("a", SeriesKind.Probe);
        var start = Now - (365 * Day);
        var samples = Probes(series, start, 9000, number => number == 1234 ? 777_000_000 : 20_000_000, everyMicros: Hour);
        await Store.WriteAsync(samples, None);
        await ReopenAsync();
        var columns = await Store.QueryProbesAsync(series, start, Now, Day, None);
        Assert.Equal(Tier.Day, columns.Resolution);
        Assert.Equal(777_000, columns.MaxUs[1234 / 24]);
        Assert.Equal(1, columns.MaxUs.Count(max => max > 20_000));
    }

    [Fact]
    public async Task Samples_out_of_order_and_late_ones_after_sealing_are_counted_once_in_every_tier()
    {
        var series = await SeriesAsync("a", SeriesKind.Probe);
        var samples = Probes(series, Now - (20 * Hour), 12_000, number => 1000 * (10_000 + (number % 977)), everyMicros: 5 * Second);
        var random = new Random(3);
        // Most arrive a little out of order, some hours late, after their neighbours were sealed.
        var late = samples.Where((_, number) => number % 50 == 7).ToArray();
        var early = samples.Except(late).Select((sample, number) => (sample, Key: number + random.Next(20)))
            .OrderBy(pair => pair.Key).Select(pair => pair.sample).ToArray();
        foreach (var part in early.Chunk(3000))
            await Store.WriteAsync(part, None);
        await Store.WriteAsync(late, None);
        for (var run = 0; run < 2; run++)
        {
            var points = await Store.ReadProbesAsync(series, 0, Now, 20_000, None);
            Assert.Equal(samples.Select(sample => sample.AtMicros), points.AtMicros);
            foreach (var step in new[] { Minute, Hour, Day })
            {
                var columns = await Store.QueryProbesAsync(series, Tiers.Floor(Now - (2 * Day), Day), Now, step, None);
                Assert.Equal(12_000, columns.Sent.Sum());
                Assert.Equal(samples.Sum(sample => sample.Bits / 1000.0), columns.Summary.Rtt!.SumUs, 3);
            }

            await ReopenAsync();
            clock.Now += TimeSpan.FromHours(7);
            await SealedByAgeAsync();
        }
    }

    [Fact]
    public async Task Counters_grow_and_a_reset_is_a_gap_in_every_tier()
    {
        var series = await SeriesAsync("c", SeriesKind.Counter);
        var start = Tiers.Floor(Now - (2 * Day), Day);
        List<Sample> samples = [];
        // 10 a minute; a restart of the counted thing after 1500 minutes.
        for (var minute = 0; minute < 2000; minute++)
            samples.Add(Sample.Counter(series, start + (minute * Minute), minute < 1500 ? 1000 + (minute * 10) : (minute - 1500) * 10));
        foreach (var part in samples.Chunk(700))
        {
            await Store.WriteAsync(part, None);
            clock.Now += TimeSpan.FromHours(7);
            await SealedByAgeAsync();
        }

        foreach (var step in new[] { 30 * Second, Minute, Hour, Day })
        {
            var columns = await Store.QueryCountersAsync(series, start, start + (2000 * Minute), step, None);
            Assert.Equal(19_980, columns.Increase.Sum());
            Assert.Equal(1, columns.Resets.Sum());
            if (step == Minute)
            {
                Assert.Null(columns.Increase[0]);
                Assert.Null(columns.Increase[1500]);
                Assert.Equal(10, columns.Increase[1501]);
            }
        }
    }

    [Fact]
    public async Task Gauges_keep_extremes_mean_and_last_in_every_tier()
    {
        var series = await SeriesAsync("g", SeriesKind.Gauge);
        var start = Tiers.Floor(Now - (3 * Day), Day);
        var samples = Enumerable.Range(0, 10_000)
            .Select(number => Sample.Gauge(series, start + (number * 20 * Second), number == 4321 ? 99.5 : number % 7)).ToArray();
        await Store.WriteAsync(samples, None);
        foreach (var step in new[] { 20 * Second, Minute, Hour, Day })
        {
            var columns = await Store.QueryGaugesAsync(series, start, start + (3 * Day), step, None);
            Assert.Equal(10_000, columns.Count.Sum());
            Assert.Equal(99.5, columns.Max.Max());
            Assert.Equal(0, columns.Min.Min());
            Assert.Equal(9999 % 7, columns.Last.Last(last => last is not null));
        }

        Assert.Equal(99.5, (await Store.ReadValuesAsync(series, 0, Now, 10_000, None)).Values[4321]);
    }

    [Fact]
    public async Task Slow_series_do_not_end_up_in_crumbs()
    {
        var series = await SeriesAsync("a", SeriesKind.Probe);
        for (var hours = 0; hours < 20; hours++)
        {
            await Store.WriteAsync(Probes(series, Now, 10, number => 1000 * (number + 1), everyMicros: Minute), None);
            clock.Now += TimeSpan.FromHours(7);
            await SealedByAgeAsync();
        }

        var chunks = await database.ReadAsync(
            (session, token) => session.QueryAsync("SELECT samples FROM series_chunks", row => row.Int64(0), token), None);
        Assert.Equal([200], chunks);
        Assert.Equal(200, (await Store.ReadProbesAsync(series, 0, Now, 1000, None)).AtMicros.Length);
    }

    [Fact]
    public async Task Journal_rows_go_when_their_samples_are_sealed()
    {
        var (fast, slow) = (await SeriesAsync("fast", SeriesKind.Probe), await SeriesAsync("slow", SeriesKind.Probe));
        await Store.WriteAsync(Probes(slow, Now - Hour, 1, _ => 5), None);
        for (var part = 0; part < 5; part++)
            await Store.WriteAsync(Probes(fast, Now - Hour + (part * 1000 * Second / 2), 1000, number => number * 1000), None);
        clock.Now += TimeSpan.FromHours(7);
        await SealedByAgeAsync();
        Assert.Equal(0, await CountAsync("series_journal"));
        Assert.Equal(5000, (await Store.ReadProbesAsync(fast, 0, Now, 10_000, None)).AtMicros.Length);
    }

    [Fact]
    public async Task An_overlong_journal_is_shortened_before_its_time()
    {
        await CloseAsync();
        Options = Options with { MaxJournalBytes = 20_000 };
        await OpenAsync();
        var series = new List<SeriesId>();
        for (var number = 0; number < 20; number++)
            series.Add(await SeriesAsync($"s{number}", SeriesKind.Probe));
        for (var round = 0; round < 300; round++)
            await Store.WriteAsync(series.SelectMany(id => Probes(id, Now - Hour + (round * Second), 1, _ => 1_000_000)).ToArray(), None);
        var bytes = await database.ReadAsync((session, token) => session.QueryAsync(
            "SELECT CAST(SUM(length(data)) AS BIGINT) FROM series_journal", row => row.Int64(0), token), None);
        Assert.InRange(bytes[0], 0, 21_000);
        foreach (var id in series)
            Assert.Equal(300, (await Store.ReadProbesAsync(id, 0, Now, 1000, None)).AtMicros.Length);
    }

    [Fact]
    public async Task Each_tier_is_dropped_at_its_age_and_the_query_takes_what_is_left()
    {
        var series = await SeriesAsync("a", SeriesKind.Probe);
        var start = Tiers.Floor(Now - (14 * Day), Day);
        await Store.WriteAsync(Probes(series, start, 20_000, _ => 1_000_000, everyMicros: Minute), None);
        clock.Now += TimeSpan.FromDays(200);
        await SealedByAgeAsync();
        await RetainedAsync();
        Assert.Equal(0, await CountAsync("series_rollups WHERE tier = 1"));
        var columns = await Store.QueryProbesAsync(series, start, start + (14 * Day), 10 * Minute, None);
        Assert.Equal((Tier.Raw, 20_000), (columns.Resolution, columns.Sent.Sum()));

        clock.Now += TimeSpan.FromDays(300);
        await RetainedAsync();
        Assert.Equal(0, await CountAsync("series_chunks"));
        columns = await Store.QueryProbesAsync(series, start, start + (14 * Day), 10 * Minute, None);
        Assert.Equal((Tier.Hour, 20_000), (columns.Resolution, columns.Sent.Sum()));

        clock.Now += TimeSpan.FromDays(500);
        await RetainedAsync();
        columns = await Store.QueryProbesAsync(series, start, start + (14 * Day), 10 * Minute, None);
        Assert.Equal((Tier.Day, 20_000), (columns.Resolution, columns.Sent.Sum()));
    }

    [Fact]
    public async Task A_tier_above_its_size_loses_its_oldest_chunks()
    {
        await CloseAsync();
        Options = Options with { Raw = new(TimeSpan.FromDays(400), 20_000) };
        await OpenAsync();
        var series = await SeriesAsync("a", SeriesKind.Probe);
        var random = new Random(6);
        for (var part = 0; part < 10; part++)
            await Store.WriteAsync(Probes(series, Now - Day + (part * 6000 * Second), 6000, _ => random.Next(1, 60_000) * 1000L), None);
        await RetainedAsync();
        Assert.InRange(await CountAsync("series_chunks"), 2, 6);
        var points = await Store.ReadProbesAsync(series, 0, Now, 100_000, None);
        Assert.InRange(points.AtMicros.Length, 5000, 30_000);
        Assert.Equal(Now - Day + (59_999 * Second), points.AtMicros[^1]);
        var columns = await Store.QueryProbesAsync(series, Now - Day, Now, Minute, None);
        Assert.Equal(60_000, columns.Sent.Sum());
        await ReopenAsync();
        Assert.InRange(Store.Status.SizeBytes!.Value, 10_000, 200_000);
    }

    [Fact]
    public async Task A_deleted_series_leaves_nothing_behind_and_its_number_is_not_used_again()
    {
        var (gone, kept) = (await SeriesAsync("gone", SeriesKind.Probe), await SeriesAsync("kept", SeriesKind.Probe));
        foreach (var series in new[] { gone, kept })
            await Store.WriteAsync(Probes(series, Now - Day, 9000, number => number), None);
        await Store.DeleteAsync(gone, None);
        await Assert.ThrowsAsync<KeyNotFoundException>(() => Store.ReadProbesAsync(gone, 0, Now, 10, None));
        Assert.Equal(0, await CountAsync($"series_chunks WHERE series = {gone.Value}"));
        Assert.Equal(0, await CountAsync($"series_rollups WHERE series = {gone.Value}"));
        await Store.WriteAsync(Probes(gone, Now, 3, _ => 1), None);
        Assert.Equal(3, Store.Status.RefusedSamples);
        await ReopenAsync();
        Assert.NotEqual(gone, await SeriesAsync("gone", SeriesKind.Probe));
        Assert.Equal(9000, (await Store.ReadProbesAsync(kept, 0, Now, 10_000, None)).AtMicros.Length);
    }

    [Fact]
    public async Task Impossible_times_and_unknown_series_are_refused_and_counted()
    {
        var series = await SeriesAsync("a", SeriesKind.Probe);
        await Store.WriteAsync(new Sample[]
        {
            new(series, Now - (401 * Day), 1), new(series, Now + (2 * Day), 1), new(series, Now, -256), new(new(999_999), Now, 1),
            new(series, Now, 7),
        }, None);
        Assert.Equal((4, 1), (Store.Status.RefusedSamples, Store.Status.CommittedSamples));
        Assert.Equal([0.007], (await Store.ReadProbesAsync(series, 0, Now + Day, 10, None)).RttUs);
    }

    [Fact]
    public async Task Limits_cut_the_latest_and_say_so()
    {
        var series = await SeriesAsync("a", SeriesKind.Probe);
        await Store.WriteAsync(Probes(series, Now - Day, 20_000, number => number), None);
        var points = await Store.ReadProbesAsync(series, Now - Day + (100 * Second), Now, 50, None);
        Assert.True(points.Truncated);
        Assert.Equal(Enumerable.Range(100, 50).Select(number => (double?)(number / 1000.0)), points.RttUs);
    }

    [Fact]
    public async Task Committed_hears_each_sample_once_in_order_after_it_is_durable()
    {
        await CloseAsync();
        List<Sample> heard = [];
        Options = Options with { Committed = heard.AddRange };
        await OpenAsync();
        var series = await SeriesAsync("a", SeriesKind.Probe);
        var samples = Probes(series, Now - Hour, 500, number => number);
        foreach (var part in samples.Chunk(13))
            Assert.True(await Store.EnqueueAsync(part, None));
        await Store.WriteAsync(Probes(series, Now, 1, _ => 1), None);
        Assert.Equal(samples, heard.Take(500));
        Assert.Equal(0, Store.Status.PendingSamples);
    }

    [Fact]
    public async Task Reading_while_writing_never_misses_or_doubles_a_sealed_sample()
    {
        var series = await SeriesAsync("a", SeriesKind.Probe);
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (var part = 0; part < 60; part++)
            {
                await Store.WriteAsync(Probes(series, Now - Day + (part * 500 * Second), 500, number => number), None);
                Volatile.Write(ref written, (part + 1) * 500);
            }
        });
        while (!writing.IsCompleted)
        {
            var before = Volatile.Read(ref written);
            var points = await Store.ReadProbesAsync(series, 0, Now, 100_000, None);
            Assert.InRange(points.AtMicros.Length, before, before + 1000 + Volatile.Read(ref written) - before);
            Assert.Equal(points.AtMicros.Length, points.AtMicros.Distinct().Count());
            var columns = await Store.QueryProbesAsync(series, Tiers.Floor(Now - Day, Hour), Now, Hour, None);
            Assert.True(columns.Sent.Sum() >= points.AtMicros.Length);
        }

        await writing;
    }

    static Sample[] Probes(SeriesId series, long start, int count, Func<int, long> value, long everyMicros = Second) =>
        [.. Enumerable.Range(0, count).Select(number => new Sample(series, start + (number * everyMicros), value(number)))];

    ValueTask<SeriesId> SeriesAsync(string name, SeriesKind kind) =>
        Store.FindOrCreateAsync(new($"test_{name}", kind, ImmutableSortedDictionary<string, string>.Empty.Add("host", "a\"b")), None);

    async Task<long> CountAsync(string from) => (await database.ReadAsync(
        (session, token) => session.QueryAsync($"SELECT COUNT(*) FROM {from}", row => row.Int64(0), token), None))[0];

    /// <summary>Until the writer has sealed everything that the clock made old.</summary>
    Task SealedByAgeAsync() => UntilAsync(async () => await CountAsync("series_journal") == 0);

    /// <summary>Until retention has looked at every tier and found nothing more.</summary>
    async Task RetainedAsync()
    {
        await UntilAsync(async () =>
        {
            var raw = Now - (400 * Day);
            var sizes = await database.ReadAsync((session, token) => session.QueryAsync(
                "SELECT bytes0 FROM series_state", row => row.Int64(0), token), None);
            return await CountAsync($"series_chunks WHERE to_us < {raw}") == 0
                && await CountAsync($"series_rollups WHERE tier = 1 AND start_us < {Now - (90 * Day) - (6 * Hour)}") == 0
                && await CountAsync($"series_rollups WHERE tier = 2 AND start_us < {Now - (730 * Day) - (4 * Day)}") == 0
                && sizes[0] <= Options.Raw.SizeBytes;
        });
    }

    /// <summary>Each commit of the store is a signal; the upkeep's own interval is the step in between.</summary>
    async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await reached())
            await Task.Delay(Options.UpkeepInterval, clock, limit.Token);
    }

    async Task OpenAsync()
    {
        database = await databases.OpenAsync(clock);
        await Migrator.RunAsync(database, SeriesStore.Migrations, None);
        Store = await SeriesStore.OpenAsync(database, Options, clock);
    }

    async Task CloseAsync()
    {
        await Store.DisposeAsync();
        await database.DisposeAsync();
    }

    async Task ReopenAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }
}

public sealed class SqliteSeriesStoreTests() : SeriesStoreTests(new SqliteTestDatabases());

[Collection(PostgresCollection.Name)]
public sealed class PostgresSeriesStoreTests(PostgresFixture fixture) : SeriesStoreTests(new PostgresTestDatabases(fixture.Server));
