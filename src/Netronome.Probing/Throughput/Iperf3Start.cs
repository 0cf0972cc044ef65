namespace Netronome.Probing.Throughput;

/// <summary>What is known when the payload begins to flow.</summary>
public sealed record Iperf3Start
{
    /// <summary>When payload began to flow, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The word that ties the connections of the test together.</summary>
    public required string Cookie { get; init; }

    /// <summary>One entry for each stream, in the order of opening.</summary>
    public required IReadOnlyList<Iperf3Connection> Connections { get; init; }

    /// <summary>Maximum segment size of the control connection; null when the kernel does not tell.</summary>
    public long? SegmentBytes { get; init; }

    /// <summary>Send buffer of a data socket at the start.</summary>
    public long SendBufferBytes { get; init; }

    /// <summary>Receive buffer of a data socket at the start.</summary>
    public long ReceiveBufferBytes { get; init; }

    /// <summary>Received payload is dropped in the kernel (<c>MSG_TRUNC</c>) rather than copied to this program.</summary>
    public bool ReceivesWithoutCopy { get; init; }
}

/// <summary>One data connection.</summary>
/// <param name="Stream">Number of the stream as iperf3 counts (1, 3, 4, …).</param>
/// <param name="Descriptor">The socket's number in this process, which iperf3 shows as the stream's name.</param>
/// <param name="LocalAddress">Address on this machine.</param>
/// <param name="LocalPort">Port on this machine.</param>
/// <param name="RemoteAddress">Address of the server.</param>
/// <param name="RemotePort">Port of the server.</param>
public sealed record Iperf3Connection(
    int Stream, int Descriptor, string LocalAddress, int LocalPort, string RemoteAddress, int RemotePort);
