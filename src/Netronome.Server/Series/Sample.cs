using Netronome.Probing;

namespace Netronome.Server.Series;

/// <summary>One value of a series at its own time. How <see cref="Bits"/> is read depends on the series' kind.</summary>
/// <param name="Series">The series.</param>
/// <param name="AtMicros">UTC, microseconds since 1970.</param>
/// <param name="Bits">Gauge: the bits of a double. Counter: the count. Probe: nanoseconds, or minus the loss reason.</param>
public readonly record struct Sample(SeriesId Series, long AtMicros, long Bits)
{
    /// <summary>A level.</summary>
    public static Sample Gauge(SeriesId series, long atMicros, double value) =>
        new(series, atMicros, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A count.</summary>
    public static Sample Counter(SeriesId series, long atMicros, long count) => new(series, atMicros, count);

    /// <summary>A decided probe, at the time it was sent.</summary>
    public static Sample Probe(SeriesId series, in ProbeResult probe) =>
        new(series, probe.SentAt.ToUnixTimeMicroseconds(), probe.Loss == Loss.None ? probe.RttNanoseconds : -(long)probe.Loss);
}
