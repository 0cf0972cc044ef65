namespace Netronome.Probing.Throughput;

/// <summary>Ends a test that waits for bytes that no longer come.</summary>
sealed class StallWatch(TimeSpan limit)
{
    long lastBytes = -1;
    TimeSpan movedAt;

    /// <summary>Call now and then.</summary>
    /// <exception cref="ThroughputException">Nothing moved within the limit.</exception>
    public void Check(long bytes, TimeSpan now)
    {
        if (bytes != lastBytes)
        {
            lastBytes = bytes;
            movedAt = now;
        }
        else if (now - movedAt > limit)
        {
            throw new ThroughputException(ThroughputFailure.Timeout, $"no payload moved for {limit.TotalSeconds:0.###} s");
        }
    }
}
