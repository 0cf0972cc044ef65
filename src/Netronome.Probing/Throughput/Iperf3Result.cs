namespace Netronome.Probing.Throughput;

/// <summary>What happened in one report interval, over all streams.</summary>
/// <param name="From">Since the start of the test.</param>
/// <param name="To">Since the start of the test.</param>
/// <param name="Bytes">Payload bytes moved, counted on this machine.</param>
/// <param name="Omitted">Part of the warm-up.</param>
/// <param name="Streams">The same per stream.</param>
public sealed record Iperf3Interval(TimeSpan From, TimeSpan To, long Bytes, bool Omitted, IReadOnlyList<Iperf3StreamInterval> Streams)
{
    /// <summary>Payload rate of the interval.</summary>
    public double BitsPerSecond => To > From ? Bytes * 8 / (To - From).TotalSeconds : 0;
}

/// <summary>One stream in one report interval. What the kernel did not tell is null.</summary>
/// <param name="Stream">Number of the stream as iperf3 counts (1, 3, 4, …).</param>
/// <param name="Bytes">Payload bytes moved, counted on this machine.</param>
/// <param name="Retransmits">Segments sent again in this interval (TCP_INFO, sender only).</param>
/// <param name="CongestionWindowBytes">TCP_INFO, sender only.</param>
/// <param name="RttMicros">Smoothed RTT of TCP_INFO, sender only.</param>
/// <param name="RttVarMicros">RTT variation of TCP_INFO, sender only.</param>
public sealed record Iperf3StreamInterval(
    int Stream, long Bytes, long? Retransmits, long? CongestionWindowBytes, long? RttMicros, long? RttVarMicros);

/// <summary>Why a throughput test gave no result, or only part of one. Closed list.</summary>
public enum ThroughputFailure
{
    /// <summary>The name did not resolve.</summary>
    NameNotResolved,

    /// <summary>The server refused the connection.</summary>
    Refused,

    /// <summary>The server can't be reached.</summary>
    Unreachable,

    /// <summary>The server did not answer in time.</summary>
    Timeout,

    /// <summary>The server is running another test.</summary>
    Busy,

    /// <summary>The server denied access or reported an error of its own.</summary>
    ServerError,

    /// <summary>The server closed in the middle.</summary>
    Disconnected,

    /// <summary>What the server said is not the iperf3 protocol.</summary>
    Protocol,

    /// <summary>The options ask for something impossible.</summary>
    BadOptions,
}

/// <summary>Outcome of one iperf3 test: what was measured, also when it failed half-way.</summary>
public sealed record Iperf3Result
{
    /// <summary>Address that was connected to.</summary>
    public string? Address { get; init; }

    /// <summary>When payload began to flow, UTC; null when it never did.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Bytes the sending end counted after the warm-up; null when that end did not report.</summary>
    public long? SentBytes { get; init; }

    /// <summary>Bytes the receiving end counted after the warm-up; null when that end did not report.</summary>
    public long? ReceivedBytes { get; init; }

    /// <summary>Measured time at the sending end.</summary>
    public TimeSpan? SenderDuration { get; init; }

    /// <summary>Measured time at the receiving end.</summary>
    public TimeSpan? ReceiverDuration { get; init; }

    /// <summary>Segments the sender sent again; null when its kernel did not tell.</summary>
    public long? Retransmits { get; init; }

    /// <summary>CPU of this program during the test, share of one core; null when not measured.</summary>
    public double? LocalCpuRatio { get; init; }

    /// <summary>CPU of the peer as it reported it, share of one core.</summary>
    public double? RemoteCpuRatio { get; init; }

    /// <summary>All finished intervals, also of a failed test.</summary>
    public IReadOnlyList<Iperf3Interval> Intervals { get; init; } = [];

    /// <summary>Null when the test went to its end.</summary>
    public ThroughputFailure? Failure { get; init; }

    /// <summary>A sentence for people, when it failed.</summary>
    public string? Message { get; init; }

    /// <summary>Payload rate the receiving end saw: the figure of the test.</summary>
    public double? ReceivedBitsPerSecond =>
        ReceivedBytes is { } bytes && ReceiverDuration is { } time && time > TimeSpan.Zero ? bytes * 8 / time.TotalSeconds : null;
}
