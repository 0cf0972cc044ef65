using System.Collections.Immutable;
using Netronome.Server.Database;
using Netronome.Server.Series;
using Netronome.Server.Tests.Database;

namespace Netronome.Server.Tests.Series;

/// <summary>PostgreSQL goes away in the middle of writing and comes back.</summary>
public sealed class SeriesOutageTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    static readonly CancellationToken None = CancellationToken.None;
    readonly PostgresTestDatabases databases = new(fixture.Server);
    readonly long start = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeMicroseconds();

    public Task InitializeAsync() => databases.InitializeAsync();

    public Task DisposeAsync() => databases.DisposeAsync();

    [Fact]
    public async Task Nothing_accepted_is_lost_doubled_or_out_of_order_over_stops_of_the_server()
    {
        await using var database = await databases.OpenAsync();
        await Migrator.RunAsync(database, SeriesStore.Migrations, None);
        List<long> heard = [];
        await using var store = await SeriesStore.OpenAsync(
            database, SeriesStoreOptions.Default with
            {
                Committed = samples => heard.AddRange(samples.Select(sample => sample.Bits)),
                CommitInterval = TimeSpan.FromMilliseconds(1),
                MaxJournalBytes = 3000,
            },
            TimeProvider.System);
        var series = await SeriesAsync(store);
        var next = 0;
        for (var stop = 0; stop < 4; stop++)
        {
            for (var batch = 0; batch < 60; batch++)
                Assert.True(await EnqueueAsync(store, series, ref next));
            var stopping = stop % 2 == 0 ? fixture.Server.StopImmediatelyAsync() : fixture.Server.StopAsync();
            // Measuring goes on all the while.
            while (!stopping.IsCompleted)
            {
                Assert.True(await EnqueueAsync(store, series, ref next));
                await Task.Yield();
                if (next > 400_000)
                    await stopping;
            }

            await stopping;
            Assert.True(await EnqueueAsync(store, series, ref next));
            await AwayAsync(database);
            var exception = await Assert.ThrowsAsync<DatabaseException>(() => store.ReadProbesAsync(series, 0, start, 10, None));
            Assert.Equal(DatabaseFault.Unavailable, exception.Fault);
            await fixture.Server.StartAsync();
            await store.WriteAsync(new[] { Sample(series, next++) }, None);
            Assert.True(database.Watch.State.Ready);
        }

        Assert.Equal((0, 0, null), (store.Status.PendingSamples, store.Status.DroppedSamples, store.Status.Fault));
        Assert.Equal(Enumerable.Range(0, next).Select(number => (long)number), heard);
        var points = await store.ReadProbesAsync(series, 0, long.MaxValue / 4, int.MaxValue, None);
        Assert.Equal(Enumerable.Range(0, next).Select(number => (double?)(number / 1000.0)), points.RttUs);
    }

    [Fact]
    public async Task What_does_not_fit_while_it_is_away_is_counted_and_the_rest_is_kept()
    {
        await using var database = await databases.OpenAsync();
        await Migrator.RunAsync(database, SeriesStore.Migrations, None);
        await using var store = await SeriesStore.OpenAsync(
            database, SeriesStoreOptions.Default with { MaxPendingSamples = 1000 }, TimeProvider.System);
        var series = await SeriesAsync(store);
        await fixture.Server.StopImmediatelyAsync();
        Assert.True(await store.EnqueueAsync(new[] { Sample(series, 0) }, None));
        await AwayAsync(database);
        var accepted = 1;
        for (var number = 1; number < 1500; number++)
        {
            if (await store.EnqueueAsync(new[] { Sample(series, number) }, None))
                accepted++;
        }

        Assert.Equal((1000, 500, 1000), (accepted, store.Status.DroppedSamples, store.Status.PendingSamples));
        await fixture.Server.StartAsync();
        await store.WriteAsync(new[] { Sample(series, 2000) }, None);
        Assert.Equal(1001, (await store.ReadProbesAsync(series, 0, long.MaxValue / 4, 5000, None)).AtMicros.Length);
    }

    [Fact]
    public async Task Ten_minutes_of_five_thousand_samples_a_second_wait_and_are_all_stored()
    {
        await using var database = await databases.OpenAsync();
        await Migrator.RunAsync(database, SeriesStore.Migrations, None);
        await using var store = await SeriesStore.OpenAsync(database, SeriesStoreOptions.Default, TimeProvider.System);
        var series = await SeriesAsync(store);
        await fixture.Server.StopImmediatelyAsync();
        Assert.True(await store.EnqueueAsync(new[] { Sample(series, 0) }, None));
        await AwayAsync(database);
        const int second = 5000;
        for (var at = 1; at < 600 * second; at += second)
        {
            var count = Math.Min(second, (600 * second) - at);
            Assert.True(await store.EnqueueAsync(
                Enumerable.Range(at, count).Select(number => Sample(series, number)).ToArray(), None));
        }

        Assert.Equal((600 * second, 0), (store.Status.PendingSamples, store.Status.DroppedSamples));
        await fixture.Server.StartAsync();
        await store.WriteAsync(new[] { Sample(series, 600 * second) }, None);

        Assert.Equal((0, 0), (store.Status.PendingSamples, store.Status.DroppedSamples));
        var column = await store.QueryProbesAsync(series, 0, start + 7_200_000_000, start + 7_200_000_000, None);
        Assert.Equal((600 * second) + 1, column.Sent.Sum());
    }

    [Fact]
    public async Task A_server_that_is_away_at_the_start_is_found_when_it_comes()
    {
        await fixture.Server.StopAsync();
        await using var database = await databases.OpenAsync();
        Assert.False(database.Watch.State.Ready);
        Assert.Equal(DatabaseFault.Unavailable, database.Watch.State.Fault);
        Assert.Contains("does not answer", database.Watch.State.Reason, StringComparison.Ordinal);
        await Assert.ThrowsAsync<DatabaseException>(
            () => SeriesStore.OpenAsync(database, SeriesStoreOptions.Default, TimeProvider.System));
        await fixture.Server.StartAsync();
        await database.Watch.WaitReadyAsync(None).WaitAsync(TimeSpan.FromSeconds(20));
        await Migrator.RunAsync(database, SeriesStore.Migrations, None);
    }

    [Fact]
    public void An_unknown_sslmode_is_refused() => Assert.Throws<ArgumentException>(
        () => PostgresDatabase.OpenAsync(databases.Options with { SslMode = "maybe" }, TimeProvider.System).GetAwaiter().GetResult());

    static async Task AwayAsync(IDatabase database)
    {
        var away = new TaskCompletionSource();
        database.Watch.Changed += state =>
        {
            if (!state.Ready)
                away.TrySetResult();
        };
        if (database.Watch.State.Ready)
            await away.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    static ValueTask<SeriesId> SeriesAsync(SeriesStore store) => store.FindOrCreateAsync(
        new("outage", SeriesKind.Probe, ImmutableSortedDictionary<string, string>.Empty), None);

    Sample Sample(SeriesId series, int number) => new(series, start + (number * 1000L), number);

    ValueTask<bool> EnqueueAsync(SeriesStore store, SeriesId series, ref int next)
    {
        var batch = new Sample[7];
        for (var index = 0; index < batch.Length; index++)
            batch[index] = Sample(series, next++);
        return store.EnqueueAsync(batch, None);
    }
}
