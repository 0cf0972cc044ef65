namespace Netronome.TestLab.Tests;

public sealed class ManualTimeTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly ManualTime time = new(Start);
    readonly List<string> fired = [];

    [Fact]
    public void Timers_fire_in_order_at_their_exact_due_times()
    {
        Fire("b", TimeSpan.FromSeconds(2));
        Fire("a", TimeSpan.FromSeconds(1));
        Fire("c", TimeSpan.FromSeconds(9));

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["a@1", "b@2"], fired);
        Assert.Equal(Start.AddSeconds(5), time.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(4), time.NextDue);
    }

    [Fact]
    public void Timers_due_at_the_same_instant_fire_in_the_order_they_were_set()
    {
        Fire("first", TimeSpan.FromSeconds(1));
        Fire("second", TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["first@1", "second@1"], fired);
    }

    [Fact]
    public void A_periodic_timer_fires_once_a_period()
    {
        Fire("tick", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(["tick@1", "tick@3", "tick@5"], fired);
    }

    [Fact]
    public void A_timer_created_in_a_callback_fires_within_the_same_advance()
    {
        time.CreateTimer(_ => Fire("child", TimeSpan.FromSeconds(1)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(["child@2"], fired);
    }

    [Fact]
    public void A_disposed_timer_never_fires_again()
    {
        var timer = Fire("never", TimeSpan.FromSeconds(1));
        timer.Dispose();
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty(fired);
        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void A_changed_timer_fires_at_its_new_time_only()
    {
        var timer = Fire("moved", TimeSpan.FromSeconds(1));
        timer.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["moved@4"], fired);
    }

    [Fact]
    public void Timestamps_advance_along_with_the_wall_clock()
    {
        var before = time.GetTimestamp();
        time.Advance(TimeSpan.FromMilliseconds(1500));
        Assert.Equal(TimeSpan.FromMilliseconds(1500), time.GetElapsedTime(before));
    }

    [Fact]
    public void After_a_jump_a_periodic_timer_fires_once_and_late()
    {
        Fire("tick", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        time.Jump(TimeSpan.FromHours(8));
        Assert.Equal(["tick@28800"], fired);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["tick@28800", "tick@28810"], fired);
    }

    [Fact]
    public void Setting_the_wall_clock_moves_neither_timestamps_nor_timers()
    {
        Fire("tick", TimeSpan.FromSeconds(10));
        var before = time.GetTimestamp();

        time.StepWallClock(TimeSpan.FromHours(1));
        time.Jump(TimeSpan.FromHours(-3));

        Assert.Equal(Start.AddHours(-2), time.GetUtcNow());
        Assert.Equal(before, time.GetTimestamp());
        Assert.Equal(TimeSpan.FromSeconds(10), time.NextDue);
        Assert.Empty(fired);
    }

    [Fact]
    public void The_local_zone_is_the_one_that_was_set()
    {
        time.Zone = TimeZoneInfo.CreateCustomTimeZone("Half past", TimeSpan.FromMinutes(330), "Half past", "Half past");
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 17, 30, 0, TimeSpan.FromMinutes(330)), time.GetLocalNow());
    }

    [Fact]
    public async Task A_delay_in_code_under_test_can_be_awaited_and_released()
    {
        var sleeper = SleepAsync();
        await time.WaitForTimersAsync(1);
        Assert.False(sleeper.IsCompleted);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Start.AddMinutes(1), await sleeper);

        async Task<DateTimeOffset> SleepAsync()
        {
            await Task.Delay(TimeSpan.FromMinutes(1), time);
            return time.GetUtcNow();
        }
    }

    [Fact]
    public async Task Waiting_for_timers_completes_when_the_last_of_them_is_set()
    {
        var two = time.WaitForTimersAsync(2);
        Fire("a", TimeSpan.FromSeconds(1));
        Assert.False(two.IsCompleted);
        Fire("b", TimeSpan.FromSeconds(1));
        await two;
    }

    [Fact]
    public void A_cancellation_deadline_follows_the_clock()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(3), time);
        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(deadline.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(deadline.IsCancellationRequested);
    }

    [Fact]
    public void Time_does_not_run_backwards_by_advancing() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => time.Advance(TimeSpan.FromSeconds(-1)));

    ITimer Fire(string name, TimeSpan due, TimeSpan? period = null) => time.CreateTimer(
        _ => fired.Add($"{name}@{(time.GetUtcNow() - Start).TotalSeconds}"), null, due, period ?? Timeout.InfiniteTimeSpan);
}
