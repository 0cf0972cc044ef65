using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Netronome.Server.Scheduling;
using Netronome.TestLab;

namespace Netronome.Server.Tests.Scheduling;

public sealed class ScheduleLoopTests : IAsyncLifetime, IDisposable
{
    readonly ManualTime time = new(new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.Zero));
    readonly CancellationTokenSource stop = new();
    readonly Channel<ScheduledRun> runs = Channel.CreateUnbounded<ScheduledRun>();
    // Jobs whose run ends only when the test lets it.
    readonly HashSet<string> held = [];
    ScheduleLoop loop = null!;
    Task running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        loop = new ScheduleLoop(time, NullLogger<ScheduleLoop>.Instance);
        running = loop.RunAsync(stop.Token);
        await time.WaitForTimersAsync(1);
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    public void Dispose() => stop.Dispose();

    [Fact]
    public async Task A_job_runs_at_each_of_its_times()
    {
        loop.Set("ping", Every("5m"), Record);

        await AdvanceAsync(TimeSpan.FromMinutes(16));

        var planned = await TakeAsync(3);
        Assert.Equal([TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5)], planned.Zip(planned.Skip(1), (a, b) => b.PlannedAt - a.PlannedAt));
        Assert.All(planned, run => Assert.InRange(run.StartedAt - run.PlannedAt, TimeSpan.Zero, TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task Jobs_of_one_interval_are_spread_over_it()
    {
        for (var job = 0; job < 20; job++)
            loop.Set($"monitor/{job}", Every("10s"), Record);

        await AdvanceAsync(TimeSpan.FromSeconds(10));

        var started = await TakeAsync(20);
        Assert.True(started.DistinctBy(run => run.PlannedAt).Count() > 15);
        Assert.Equal(20, started.DistinctBy(run => run.Name).Count());
    }

    [Fact]
    public async Task A_run_that_fails_changes_nothing_about_the_next()
    {
        loop.Set("bad", Every("1m"), (run, _) =>
        {
            runs.Writer.TryWrite(run);
            throw new InvalidOperationException("no route");
        });

        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await TakeAsync(1);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await TakeAsync(1);

        var status = loop.Find("bad")!;
        Assert.Equal(2, status.Started);
        Assert.InRange(status.NextRunAt - time.GetUtcNow(), TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_failed_run_is_counted_and_its_fault_kept_until_one_does_well()
    {
        var fail = true;
        loop.Set("bad", Every("1m"), (_, _) => fail ? throw new InvalidOperationException("no route") : Task.CompletedTask);

        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await EndedAsync("bad");
        Assert.Equal(("no route", 1L), (loop.Find("bad")!.LastFault, loop.Find("bad")!.Failed));

        fail = false;
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await EndedAsync("bad");
        Assert.Equal((null, 1L), (loop.Find("bad")!.LastFault, loop.Find("bad")!.Failed));
    }

    [Fact]
    public async Task A_run_longer_than_its_interval_skips_and_never_runs_twice_at_once()
    {
        var release = new TaskCompletionSource();
        held.Add("slow");
        loop.Set("slow", Every("10s"), async (run, _) =>
        {
            runs.Writer.TryWrite(run);
            await release.Task;
        });

        await AdvanceAsync(TimeSpan.FromSeconds(35));
        await TakeAsync(1);
        var status = loop.Find("slow")!;
        Assert.True(status.Running);
        Assert.Equal(1, status.Started);
        Assert.InRange(status.Skipped, 2, 3);

        release.SetResult();
        await EndedAsync("slow");
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        await TakeAsync(1);
        Assert.Equal(2, loop.Find("slow")!.Started);
    }

    [Fact]
    public async Task A_slow_job_delays_no_other()
    {
        using var blocked = new ManualResetEventSlim();
        held.Add("blocking");
        loop.Set("blocking", Every("10s"), (_, _) =>
        {
            blocked.Wait(CancellationToken.None);
            return Task.CompletedTask;
        });
        loop.Set("quick", Every("10s"), Record);

        await AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(3, (await TakeAsync(3)).Count(run => run.Name == "quick"));
        blocked.Set();
        await EndedAsync("blocking");
    }

    [Fact]
    public async Task After_hours_of_sleep_the_missed_runs_are_counted_and_not_made_up_for()
    {
        loop.Set("ping", Every("1m"), Record);
        loop.Set("speed", Exact("exact:12:00"), Record);
        await AdvanceAsync(TimeSpan.FromMinutes(2));
        await TakeAsync(2);

        time.Jump(TimeSpan.FromHours(5) + TimeSpan.FromSeconds(90));
        await time.WaitForTimersAsync(1);
        await TurnAsync();

        Assert.Equal(1, loop.Find("speed")!.Missed);
        Assert.Equal(0, loop.Find("speed")!.Started);
        Assert.Equal(new DateTimeOffset(2026, 6, 2, 12, 0, 0, TimeSpan.Zero), loop.Find("speed")!.NextRunAt);
        var before = loop.Find("ping")!.Started;
        await AdvanceAsync(TimeSpan.FromMinutes(3));
        await TakeAsync((int)(loop.Find("ping")!.Started - 2));
        Assert.InRange(loop.Find("ping")!.Started - before, 3, 3);
        Assert.InRange(loop.Find("ping")!.Started, 5, 6);
        Assert.InRange(loop.Find("ping")!.Missed, 299, 302);
    }

    [Fact]
    public async Task A_sleep_the_timers_did_not_count_is_noticed_within_ten_seconds()
    {
        loop.Set("speed", Exact("exact:12:00"), Record);
        await TurnAsync();

        time.StepWallClock(TimeSpan.FromHours(1.99));
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        time.StepWallClock(TimeSpan.FromHours(3));
        await AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.Equal((0L, 1L), (loop.Find("speed")!.Started, loop.Find("speed")!.Missed));
    }

    [Fact]
    public async Task A_clock_set_back_neither_silences_an_interval_nor_repeats_a_clock_time()
    {
        loop.Set("ping", Every("1m"), Record);
        loop.Set("speed", Exact("exact:10:30"), Record);
        await AdvanceAsync(TimeSpan.FromMinutes(31));
        await TakeAsync(32);

        time.StepWallClock(TimeSpan.FromMinutes(-20));
        await AdvanceAsync(TimeSpan.FromMinutes(25));

        var after = await TakeAsync(24);
        Assert.All(after, run => Assert.Equal("ping", run.Name));
        Assert.Equal(1, loop.Find("speed")!.Started);
        Assert.Equal(new DateTimeOffset(2026, 6, 2, 10, 30, 0, TimeSpan.Zero), loop.Find("speed")!.NextRunAt);
    }

    [Fact]
    public async Task Replacing_a_job_cancels_its_run_and_never_overlaps_it()
    {
        var release = new TaskCompletionSource();
        held.Add("m");
        var cancelled = new TaskCompletionSource();
        loop.Set("m", Every("10s"), async (run, token) =>
        {
            runs.Writer.TryWrite(run);
            using var _ = token.Register(cancelled.SetResult);
            await release.Task;
        });
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        await TakeAsync(1);

        loop.Set("m", Every("5s"), Record);
        await cancelled.Task;
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((0L, 2L), (loop.Find("m")!.Started, loop.Find("m")!.Skipped));

        release.SetResult();
        await EndedAsync("m");
        await AdvanceAsync(TimeSpan.FromSeconds(5));
        await TakeAsync(1);
    }

    [Fact]
    public async Task Removing_a_job_waits_for_its_run_and_a_new_one_of_the_name_waits_too()
    {
        var release = new TaskCompletionSource();
        held.Add("m");
        loop.Set("m", Every("10s"), async (run, _) =>
        {
            runs.Writer.TryWrite(run);
            await release.Task;
        });
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        await TakeAsync(1);

        var removal = loop.RemoveAsync("m");
        Assert.False(removal.IsCompleted);
        Assert.Null(loop.Find("m"));
        loop.Set("m", Every("10s"), Record);
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(0, loop.Find("m")!.Started);

        release.SetResult();
        await removal;
        await loop.RemoveAsync("m");
        await loop.RemoveAsync("unknown");
        Assert.Empty(loop.List());
    }

    [Fact]
    public async Task Stopping_cancels_the_runs_in_progress_and_waits_for_them()
    {
        var ended = false;
        held.Add("m");
        loop.Set("m", Every("10s"), async (run, token) =>
        {
            runs.Writer.TryWrite(run);
            var never = new TaskCompletionSource();
            using var _ = token.Register(never.SetCanceled);
            try
            {
                await never.Task;
            }
            finally
            {
                ended = true;
            }
        });
        await AdvanceAsync(TimeSpan.FromSeconds(10));
        await TakeAsync(1);

        await stop.CancelAsync();
        await running;

        Assert.True(ended);
        Assert.Equal(0, loop.Find("m")!.Failed);
    }

    [Fact]
    public async Task The_next_run_is_visible_and_listed_soonest_first()
    {
        loop.Set("later", Exact("exact:23:00"), Record);
        loop.Set("soon", Every("10s"), Record);
        await TurnAsync();

        Assert.Equal(["soon", "later"], loop.List().Select(job => job.Name));
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 23, 0, 0, TimeSpan.Zero), loop.List()[1].NextRunAt);
        Assert.Equal(time.GetUtcNow(), loop.LastTurnAt);
    }

    Task Record(ScheduledRun run, CancellationToken cancellationToken)
    {
        runs.Writer.TryWrite(run);
        return Task.CompletedTask;
    }

    static Schedule Every(string text)
    {
        Assert.True(Schedule.TryParse(text, TimeZoneInfo.Utc, out var schedule, out var reason), reason);
        return schedule;
    }

    static Schedule Exact(string text) => Every(text);

    /// <summary>Lets time pass from one timer to the next; the loop has gone to sleep again after each.</summary>
    async Task AdvanceAsync(TimeSpan by)
    {
        await TurnAsync();
        for (var end = time.GetUtcNow() + by; time.GetUtcNow() < end;)
        {
            var left = end - time.GetUtcNow();
            time.Advance(time.NextDue is { } due && due < left ? due : left);
            await time.WaitForTimersAsync(1);
            await TurnAsync();
        }
    }

    /// <summary>Waits until the loop has looked at the clock as it is now and the runs it started are on their way.</summary>
    async Task TurnAsync()
    {
        var turned = new TaskCompletionSource();
        loop.Turned = () => turned.TrySetResult();
        loop.Wake();
        await turned.Task;
        await time.WaitForTimersAsync(1);
        await Task.WhenAll(loop.List().Where(job => !held.Contains(job.Name)).Select(job => loop.EndedAsync(job.Name)));
    }

    async Task EndedAsync(string name) => await loop.EndedAsync(name);

    async Task<List<ScheduledRun>> TakeAsync(int count)
    {
        var taken = new List<ScheduledRun>();
        while (taken.Count < count)
            taken.Add(await runs.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token));
        return taken;
    }
}
