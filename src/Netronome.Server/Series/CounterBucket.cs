namespace Netronome.Server.Series;

/// <summary>
/// Growth of a counter in a span. A difference of two successive samples belongs to the span of the later one; a fall is a reset,
/// whose growth is unknown and therefore not counted.
/// </summary>
sealed class CounterBucket(long startMicros) : IBucket<CounterBucket>
{
    public long StartMicros { get; } = startMicros;

    internal long Count { get; set; }

    /// <summary>Differences counted; 0 means that the growth is unknown.</summary>
    internal long Steps { get; set; }

    internal ulong Increase { get; set; }

    internal long Resets { get; set; }

    public static CounterBucket Create(long startMicros) => new(startMicros);

    /// <summary>A sample and the one before it, if there is one.</summary>
    internal void AddSample(ulong? before, ulong value)
    {
        Count++;
        if (before is not { } known)
            return;
        if (value < known)
        {
            Resets++;
            return;
        }

        Steps++;
        Increase += value - known;
    }

    public void Merge(CounterBucket other)
    {
        Count += other.Count;
        Steps += other.Steps;
        Increase += other.Increase;
        Resets += other.Resets;
    }
}
