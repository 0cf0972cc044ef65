namespace Netronome.Probing.Throughput;

/// <summary>Outcome of one iperf3 test: what was measured, also when it failed half-way.</summary>
public sealed record Iperf3Result
{
    /// <summary>Address that was connected to.</summary>
    public string? Address { get; init; }

    /// <summary>When payload began to flow, UTC; null when it never did.</summary>
    public DateTimeOffset? StartedAt => Start?.StartedAt;

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
    public double? LocalCpuRatio => LocalCpu?.TotalRatio;

    /// <summary>CPU of the peer as it reported it, share of one core.</summary>
    public double? RemoteCpuRatio => RemoteCpu?.TotalRatio;

    /// <summary>CPU of this program, split; null when not measured.</summary>
    public CpuShare? LocalCpu { get; init; }

    /// <summary>CPU of the peer as it reported it, split.</summary>
    public CpuShare? RemoteCpu { get; init; }

    /// <summary>Congestion control of the sending end; null when it did not tell.</summary>
    public string? SenderCongestion { get; init; }

    /// <summary>Congestion control of the receiving end; null when it did not tell.</summary>
    public string? ReceiverCongestion { get; init; }

    /// <summary>The connections; null when payload never began to flow.</summary>
    public Iperf3Start? Start { get; init; }

    /// <summary>The same figures per stream.</summary>
    public IReadOnlyList<Iperf3StreamResult> Streams { get; init; } = [];

    /// <summary>Bytes that came after the measured time and are in no figure; null when we did not receive.</summary>
    public long? LateBytes => Streams.Count is 0 ? null : Streams.Aggregate((long?)0, (sum, stream) => sum + stream.LateBytes);

    /// <summary>All finished intervals, also of a failed test.</summary>
    public IReadOnlyList<Iperf3Interval> Intervals { get; init; } = [];

    /// <summary>Null when the test went to its end.</summary>
    public ThroughputFailure? Failure { get; init; }

    /// <summary>A sentence for people, when it failed.</summary>
    public string? Message { get; init; }

    /// <summary>Payload rate the receiving end saw: the figure of the test.</summary>
    public double? ReceivedBitsPerSecond =>
        ReceivedBytes is { } bytes && ReceiverDuration is { } time && time > TimeSpan.Zero ? bytes * 8.0 / time.TotalSeconds : null;
}

/// <summary>CPU time as a share of one core: 1 is one core all the time.</summary>
/// <param name="TotalRatio">Both parts.</param>
/// <param name="UserRatio">In the program.</param>
/// <param name="SystemRatio">In the kernel, on the program's behalf.</param>
public sealed record CpuShare(double? TotalRatio, double? UserRatio, double? SystemRatio);
