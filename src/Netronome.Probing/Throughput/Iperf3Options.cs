using System.Net;

namespace Netronome.Probing.Throughput;

/// <summary>Which way the payload flows, seen from this machine.</summary>
public enum TransferDirection
{
    /// <summary>We send (iperf3's default).</summary>
    Upload,

    /// <summary>The server sends (iperf3's <c>-R</c>).</summary>
    Download,
}

/// <summary>One iperf3 TCP test as a client.</summary>
public sealed record Iperf3Options
{
    /// <summary>Name or address of the server.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port of the server, iperf3's <c>-p</c>.</summary>
    public int Port { get; init; } = 5201;

    /// <summary>Which way the payload flows.</summary>
    public TransferDirection Direction { get; init; } = TransferDirection.Upload;

    /// <summary>Parallel streams, 1 to 128, iperf3's <c>-P</c>.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>Measured time, iperf3's <c>-t</c>.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Warm-up before it that does not count, iperf3's <c>-O</c>.</summary>
    public TimeSpan Omit { get; init; }

    /// <summary>Time between two interval reports, iperf3's <c>-i</c>.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes per write, iperf3's <c>-l</c>.</summary>
    public int BlockBytes { get; init; } = 128 * 1024;

    /// <summary>Limit per stream, iperf3's <c>-b</c>; null is none.</summary>
    public long? BitsPerSecondPerStream { get; init; }

    /// <summary>Address the connections leave from, iperf3's <c>-B</c>.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Only addresses of this family; null takes either.</summary>
    public System.Net.Sockets.AddressFamily? Family { get; init; }

    /// <summary>How long connecting and each step of the control conversation may take.</summary>
    public TimeSpan ControlTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
