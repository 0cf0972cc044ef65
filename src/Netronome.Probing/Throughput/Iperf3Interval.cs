namespace Netronome.Probing.Throughput;

/// <summary>What happened in one report interval, over all streams.</summary>
/// <param name="From">Since the start of the test, the warm-up included.</param>
/// <param name="To">Since the start of the test, the warm-up included.</param>
/// <param name="Bytes">Payload bytes moved, counted on this machine.</param>
/// <param name="Omitted">Part of the warm-up.</param>
/// <param name="Streams">The same per stream.</param>
public sealed record Iperf3Interval(
    TimeSpan From, TimeSpan To, long Bytes, bool Omitted, IReadOnlyList<Iperf3StreamInterval> Streams)
{
    /// <summary>Payload rate of the interval.</summary>
    public double BitsPerSecond => To > From ? Bytes * 8.0 / (To - From).TotalSeconds : 0;
}

/// <summary>One stream in one report interval. What the kernel did not tell is null.</summary>
/// <param name="Stream">Number of the stream as iperf3 counts (1, 3, 4, …).</param>
/// <param name="Bytes">Payload bytes moved, counted on this machine.</param>
/// <param name="Retransmits">Segments sent again in this interval (TCP_INFO, sender only).</param>
/// <param name="CongestionWindowBytes">TCP_INFO, sender only.</param>
/// <param name="RttMicros">Smoothed RTT of TCP_INFO, sender only.</param>
/// <param name="RttVarMicros">RTT variation of TCP_INFO, sender only.</param>
public sealed record Iperf3StreamInterval(
    int Stream, long Bytes, long? Retransmits, long? CongestionWindowBytes, long? RttMicros, long? RttVarMicros)
{
    /// <summary>Window that the receiver offers (TCP_INFO, sender only).</summary>
    public long? SendWindowBytes { get; init; }

    /// <summary>Path MTU in bytes (TCP_INFO, sender only).</summary>
    public long? PathMtuBytes { get; init; }
}
