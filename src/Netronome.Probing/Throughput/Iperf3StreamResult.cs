namespace Netronome.Probing.Throughput;

/// <summary>One stream of a whole test, after the warm-up. What nobody told is null.</summary>
/// <param name="Stream">Number of the stream as iperf3 counts (1, 3, 4, …).</param>
public sealed record Iperf3StreamResult(int Stream)
{
    /// <summary>Bytes the sending end counted.</summary>
    public long? SentBytes { get; init; }

    /// <summary>Bytes the receiving end counted.</summary>
    public long? ReceivedBytes { get; init; }

    /// <summary>Measured time at the sending end.</summary>
    public TimeSpan? SenderDuration { get; init; }

    /// <summary>Measured time at the receiving end.</summary>
    public TimeSpan? ReceiverDuration { get; init; }

    /// <summary>Segments the sender sent again.</summary>
    public long? Retransmits { get; init; }

    /// <summary>
    /// Bytes that came after the measured time and are in no figure: what was on its way when we said "enough". Only when we receive.
    /// </summary>
    public long? LateBytes { get; init; }

    /// <summary>Largest congestion window at any report (TCP_INFO, when we send).</summary>
    public long? MaxCongestionWindowBytes { get; init; }

    /// <summary>Largest window the receiver offered at any report (TCP_INFO, when we send).</summary>
    public long? MaxSendWindowBytes { get; init; }

    /// <summary>Least smoothed RTT at any report, µs (TCP_INFO, when we send).</summary>
    public long? MinRttMicros { get; init; }

    /// <summary>Mean of the smoothed RTT at the reports, µs (TCP_INFO, when we send).</summary>
    public long? MeanRttMicros { get; init; }

    /// <summary>Largest smoothed RTT at any report, µs (TCP_INFO, when we send).</summary>
    public long? MaxRttMicros { get; init; }
}
