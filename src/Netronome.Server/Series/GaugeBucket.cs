namespace Netronome.Server.Series;

/// <summary>Levels of a span.</summary>
sealed class GaugeBucket(long startMicros) : IBucket<GaugeBucket>
{
    public long StartMicros { get; } = startMicros;

    internal long Count { get; set; }

    internal double Min { get; set; } = double.NaN;

    internal double Max { get; set; } = double.NaN;

    internal double Sum { get; set; }

    internal double Last { get; set; } = double.NaN;

    internal long LastAtMicros { get; set; } = long.MinValue;

    public static GaugeBucket Create(long startMicros) => new(startMicros);

    internal void AddSample(long atMicros, double value)
    {
        Count++;
        Sum += value;
        Min = Count == 1 ? value : Math.Min(Min, value);
        Max = Count == 1 ? value : Math.Max(Max, value);
        if (atMicros >= LastAtMicros)
            (Last, LastAtMicros) = (value, atMicros);
    }

    public void Merge(GaugeBucket other)
    {
        if (other.Count == 0)
            return;
        Min = Count == 0 ? other.Min : Math.Min(Min, other.Min);
        Max = Count == 0 ? other.Max : Math.Max(Max, other.Max);
        Sum += other.Sum;
        Count += other.Count;
        if (other.LastAtMicros >= LastAtMicros)
            (Last, LastAtMicros) = (other.Last, other.LastAtMicros);
    }
}
