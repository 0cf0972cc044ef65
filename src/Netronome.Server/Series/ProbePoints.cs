using Netronome.Probing;

namespace Netronome.Server.Series;

/// <summary>Single probes in order of time.</summary>
/// <param name="AtMicros">When each was sent, UTC microseconds.</param>
/// <param name="RttUs">Round-trip time in microseconds; null when lost.</param>
/// <param name="Loss">Why it was lost, or <see cref="Loss.None"/>.</param>
/// <param name="Truncated">There are more probes in the range than the limit; these are the first.</param>
public sealed record ProbePoints(long[] AtMicros, double?[] RttUs, Loss[] Loss, bool Truncated);

/// <summary>Single samples of a gauge or counter in order of time.</summary>
/// <param name="AtMicros">UTC microseconds.</param>
/// <param name="Values">The level, or the count.</param>
/// <param name="Truncated">There are more samples in the range than the limit; these are the first.</param>
public sealed record ValuePoints(long[] AtMicros, double[] Values, bool Truncated);
