namespace Netronome.TestLab;

/// <summary>
/// A clock that moves only when the test says so. <see cref="Advance"/> fires every timer at its exact due time and in
/// order, on the calling thread; <see cref="Jump"/> is a machine that slept; <see cref="StepWallClock"/> is somebody
/// setting the clock.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    readonly Lock gate = new();
    readonly List<ManualTimer> timers = [];
    readonly List<(int Count, TaskCompletionSource Reached)> waiters = [];
    DateTimeOffset utcNow;
    long elapsedTicks;
    long sequence;

    /// <summary>Starts at the given instant, or at 2026-01-01T00:00:00Z, in the given zone, or UTC.</summary>
    public ManualTime(DateTimeOffset? start = null, TimeZoneInfo? zone = null)
    {
        utcNow = (start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).ToUniversalTime();
        Zone = zone ?? TimeZoneInfo.Utc;
    }

    /// <summary>The local time zone, which a test may change at any time.</summary>
    public TimeZoneInfo Zone { get; set; }

    public override TimeZoneInfo LocalTimeZone => Zone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are waiting to fire.</summary>
    public int TimerCount
    {
        get { lock (gate) { return timers.Count; } }
    }

    /// <summary>How far away the next timer is; null when none waits.</summary>
    public TimeSpan? NextDue
    {
        get { lock (gate) { return Next() is { } timer ? TimeSpan.FromTicks(Math.Max(0, timer.DueTicks - elapsedTicks)) : null; } }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return utcNow;
        }
    }

    public override long GetTimestamp()
    {
        lock (gate)
        {
            return elapsedTicks;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass evenly. Timers created or changed by a callback fire in the same call if they become due.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long end;
        lock (gate)
        {
            end = elapsedTicks + by.Ticks;
        }

        while (TakeDue(end, keepPhase: true) is { } timer)
        {
            timer.Fire();
        }

        lock (gate)
        {
            MoveTo(end);
        }
    }

    /// <summary>Advances to the given instant, which must not lie in the past.</summary>
    public void AdvanceTo(DateTimeOffset instant) => Advance(instant - GetUtcNow());

    /// <summary>
    /// The process slept for a while (suspended laptop, stopped or starved process): wall clock and timestamp are suddenly
    /// later, and every timer that became due meanwhile fires once, late. A negative jump can only be a set wall clock.
    /// </summary>
    public void Jump(TimeSpan by)
    {
        if (by < TimeSpan.Zero)
        {
            StepWallClock(by);
            return;
        }

        long end;
        lock (gate)
        {
            end = elapsedTicks + by.Ticks;
            MoveTo(end);
        }

        while (TakeDue(end, keepPhase: false) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>
    /// Somebody or NTP set the clock, or a suspension that the monotonic clock did not count (Linux CLOCK_MONOTONIC):
    /// UTC changes, timestamps and timers do not.
    /// </summary>
    public void StepWallClock(TimeSpan by)
    {
        lock (gate)
        {
            utcNow += by;
        }
    }

    /// <summary>Completes once at least this many timers wait: the signal that the code under test has gone to sleep.</summary>
    public Task WaitForTimersAsync(int count, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (timers.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((count, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    internal void Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.DueTicks = elapsedTicks + dueTime.Ticks;
            timer.PeriodTicks = period > TimeSpan.Zero ? period.Ticks : 0;
            timer.Sequence = sequence++;
            timers.Add(timer);
            foreach (var (_, reached) in waiters.FindAll(waiter => waiter.Count <= timers.Count))
            {
                reached.SetResult();
            }

            waiters.RemoveAll(waiter => waiter.Count <= timers.Count);
        }
    }

    internal void Cancel(ManualTimer timer)
    {
        lock (gate)
        {
            timers.Remove(timer);
        }
    }

    ManualTimer? TakeDue(long end, bool keepPhase)
    {
        lock (gate)
        {
            if (Next() is not { } timer || timer.DueTicks > end)
            {
                return null;
            }

            MoveTo(Math.Max(timer.DueTicks, elapsedTicks));
            if (timer.PeriodTicks > 0)
            {
                timer.DueTicks = (keepPhase ? timer.DueTicks : elapsedTicks) + timer.PeriodTicks;
                timer.Sequence = sequence++;
            }
            else
            {
                timers.Remove(timer);
            }

            return timer;
        }
    }

    ManualTimer? Next() => timers.MinBy(timer => (timer.DueTicks, timer.Sequence));

    void MoveTo(long ticks)
    {
        if (ticks > elapsedTicks)
        {
            utcNow += TimeSpan.FromTicks(ticks - elapsedTicks);
            elapsedTicks = ticks;
        }
    }
}
