using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Netronome.Probing.Throughput;

/// <summary>One iperf3 TCP test as a client.</summary>
public sealed record Iperf3Options
{
    /// <summary>iperf3's own length of a TCP write.</summary>
    public const int DefaultBlockBytes = 128 * 1024;

    static readonly SearchValues<char> NoHostCharacters = SearchValues.Create(" \t\r\n;/\0");

    /// <summary>Name or address of the server.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port of the server, iperf3's <c>-p</c>.</summary>
    public int Port { get; init; } = 5201;

    /// <summary>Which way the payload flows.</summary>
    public TransferDirection Direction { get; init; } = TransferDirection.Upload;

    /// <summary>Parallel streams, 1 to 128, iperf3's <c>-P</c>.</summary>
    public int Streams { get; init; } = 1;

    /// <summary>Measured time, iperf3's <c>-t</c>; not looked at when <see cref="Bytes"/> is given.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Payload bytes over all streams after which the test ends, iperf3's <c>-n</c>; null lets the time decide.</summary>
    public long? Bytes { get; init; }

    /// <summary>Warm-up in whole seconds before it that does not count, iperf3's <c>-O</c>.</summary>
    public TimeSpan Omit { get; init; }

    /// <summary>Time between two interval reports, iperf3's <c>-i</c>, 0.1 to 60 s; zero: one for all.</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes per write, iperf3's <c>-l</c>.</summary>
    public int BlockBytes { get; init; } = DefaultBlockBytes;

    /// <summary>Limit per stream, iperf3's <c>-b</c>; null is none.</summary>
    public long? BitsPerSecondPerStream { get; init; }

    /// <summary>Address the connections leave from, iperf3's <c>-B</c>.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Only addresses of this family; null takes either.</summary>
    public AddressFamily? Family { get; init; }

    /// <summary>
    /// Copy received payload into this program, as iperf3 does without <c>--skip-rx-copy</c>. Off, Linux drops it in the kernel,
    /// which spares the receiver's CPU and leaves more of it to the network.
    /// </summary>
    public bool CopyReceived { get; init; }

    /// <summary>How long connecting and each step of the control conversation may take.</summary>
    public TimeSpan ControlTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All that is impossible in these options, one sentence each; empty when a test can be tried.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Check(Host.Length is > 0 and <= 253, "the host must have 1 to 253 characters");
        Check(!Host.AsSpan().ContainsAny(NoHostCharacters), "the host is not a name or an address");
        Check(!Host.StartsWith('-'), "the host begins with a dash: it looks like an option");
        Check(Port is >= 1 and <= 65535, "the port must be from 1 to 65535");
        Check(Streams is >= 1 and <= 128, "there can be 1 to 128 parallel streams");
        Check(
            Bytes is not null || (Duration > TimeSpan.Zero && Duration <= TimeSpan.FromDays(1)),
            "the time must be above 0 and at most 86400 s");
        Check(Bytes is null or > 0, "the number of bytes must be above 0");
        Check(Omit >= TimeSpan.Zero && Omit <= TimeSpan.FromSeconds(600) && Omit.Ticks % TimeSpan.TicksPerSecond == 0,
            "the omitted time must be whole seconds, 0 to 600");
        Check(
            ReportInterval == TimeSpan.Zero
            || (ReportInterval >= TimeSpan.FromMilliseconds(100) && ReportInterval <= TimeSpan.FromSeconds(60)),
            "the report interval must be 0 (none) or from 0.1 to 60 s");
        Check(BlockBytes is >= 1 and <= 1 << 20, "a block must have 1 to 1048576 bytes");
        Check(BitsPerSecondPerStream is null or > 0, "the bitrate must be above 0");
        Check(
            Source is null || Family is null || Source.AddressFamily == Family,
            "the source address is not of the wanted address family");
        Check(ControlTimeout > TimeSpan.Zero, "the time limit must be above 0");
        return faults;

        void Check(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }
    }
}
