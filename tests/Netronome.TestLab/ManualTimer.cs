namespace Netronome.TestLab;

/// <summary>One timer of a <see cref="ManualTime"/>; all its fields are guarded by that clock's lock.</summary>
sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
{
    volatile bool disposed;

    internal long DueTicks;
    internal long PeriodTicks;
    internal long Sequence;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (disposed)
        {
            return false;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        time.Schedule(this, dueTime, period);
        return true;
    }

    public void Dispose()
    {
        disposed = true;
        time.Cancel(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire()
    {
        if (!disposed)
        {
            callback(state);
        }
    }
}
