namespace Netronome.Probing.Statistics;

/// <summary>
/// Interarrival jitter of RFC 3550 §6.4.1 and A.8 over round trips: for answers in the order of their arrival, D = |rtt(i) − rtt(i−1)| and
/// J(i) = J(i−1) + (D − J(i−1)) / 16, with J = 0 at the first. Lost probes leave it as it is.
/// </summary>
/// <param name="Count">Answers folded so far.</param>
/// <param name="LastNanoseconds">Round-trip time of the latest.</param>
/// <param name="Nanoseconds">J.</param>
public readonly record struct RttJitter(long Count, long LastNanoseconds, double Nanoseconds)
{
    /// <summary>The jitter after one more answer.</summary>
    public RttJitter Add(long rttNanoseconds) => Count == 0
        ? new(1, rttNanoseconds, 0)
        : new(Count + 1, rttNanoseconds, Nanoseconds + (Math.Abs(rttNanoseconds - LastNanoseconds) - Nanoseconds) / 16);
}
