namespace Netronome.Probing.Throughput;

/// <summary>
/// Holds a stream to a rate: a block may start when everything sent before it was due. A sleep that lasts too long is caught up,
/// but at most a tenth of a second of it, so that a stalled link is not followed by a burst.
/// </summary>
sealed class StreamPacer(long bitsPerSecond, TimeProvider time)
{
    readonly double ticksPerByte = 8.0 * TimeSpan.TicksPerSecond / bitsPerSecond;
    readonly long origin = time.GetTimestamp();
    double dueTicks;

    /// <summary>Waits on the calling thread until the next block is due or the test stops.</summary>
    public void Wait(TransferRun run)
    {
        var now = time.GetElapsedTime(origin).Ticks;
        dueTicks = Math.Max(dueTicks, now - TimeSpan.TicksPerSecond / 10.0);
        if (dueTicks > now)
            run.Pause(TimeSpan.FromTicks((long)(dueTicks - now)));
    }

    /// <summary>Counts what was sent.</summary>
    public void Sent(int bytes) => dueTicks += bytes * ticksPerByte;
}
