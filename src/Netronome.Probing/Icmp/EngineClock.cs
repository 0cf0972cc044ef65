namespace Netronome.Probing.Icmp;

/// <summary>
/// Monotonic nanoseconds for schedules, their distance to UTC for stamps, and how late our own timers are. Used by the engine's thread only.
/// </summary>
sealed class EngineClock(TimeProvider time)
{
    /// <summary>A wake-up later than this means that we did not run, and is told with the probes that were in flight.</summary>
    public const long PauseNanoseconds = 50_000_000;

    // A clock is slewed by at most 500 ppm (adjtimex); beyond that and a millisecond of doubt, it was set.
    const long StepNanoseconds = 1_000_000;
    const long SampleNanoseconds = 100_000;

    readonly bool isNanoseconds = time.TimestampFrequency == 1_000_000_000;
    long sampledAt = long.MinValue;

    /// <summary>UTC nanoseconds since 1970 minus <see cref="Now"/>.</summary>
    public long WallOffset { get; private set; }

    /// <summary>Beginning of our last pause.</summary>
    public long PauseBegan { get; private set; } = long.MinValue;

    /// <summary>End of our last pause.</summary>
    public long PauseEnded { get; private set; } = long.MinValue;

    /// <summary>Monotonic nanoseconds.</summary>
    public long Now() =>
        isNanoseconds ? time.GetTimestamp() : (long)((Int128)time.GetTimestamp() * 1_000_000_000 / time.TimestampFrequency);

    /// <summary>Reads both clocks after a wait that should have ended at <paramref name="wantedAt"/>.</summary>
    public long Wake(long wantedAt)
    {
        var before = Now();
        var wall = (time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * 100;
        var after = Now();
        if (wantedAt != long.MaxValue && before - wantedAt > PauseNanoseconds)
            (PauseBegan, PauseEnded) = (wantedAt, before);
        // If we were put aside between the readings, the old distance is the better one.
        if (sampledAt != long.MinValue && after - before > SampleNanoseconds)
            return after;
        var offset = wall - before;
        // The monotonic clock stands still while the machine is suspended: then only UTC has moved on.
        if (sampledAt != long.MinValue && offset - WallOffset > PauseNanoseconds)
            (PauseBegan, PauseEnded) = (Math.Min(sampledAt, before - PauseNanoseconds), before);
        (WallOffset, sampledAt) = (offset, before);
        return after;
    }

    /// <summary>Whether UTC was not set between a moment when its distance was <paramref name="offsetThen"/> and now.</summary>
    public bool IsSteadySince(long at, long offsetThen, long now) =>
        Math.Abs(WallOffset - offsetThen) <= StepNanoseconds + (now - at) / 2000;

    /// <summary>Whether we paused between sending and the end of the wait.</summary>
    public bool PausedBetween(long sentAt, long endedAt) => sentAt < PauseEnded && endedAt > PauseBegan;
}
