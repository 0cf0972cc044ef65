using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Netronome.Probing.Throughput;

/// <summary>What Linux tells about a TCP connection (<c>struct tcp_info</c>, linux/tcp.h). The struct grows at its end only,
/// so a field is there when the kernel's answer is long enough, and null otherwise.</summary>
readonly record struct TcpInfo
{
    // linux/tcp.h: IPPROTO_TCP, TCP_MAXSEG, TCP_INFO, TCP_CONGESTION.
    const int Level = 6, MaximumSegment = 2, Info = 11, Congestion = 13;

    // The struct has 248 bytes in Linux 6.x; a longer answer is cut by the kernel, a shorter one says so in its length.
    const int KnownBytes = 248;

    public long? CongestionWindowBytes { get; init; }

    public long? SendWindowBytes { get; init; }

    public long? RttMicros { get; init; }

    public long? RttVarMicros { get; init; }

    public long? PathMtuBytes { get; init; }

    /// <summary>Since the connection began.</summary>
    public long? TotalRetransmits { get; init; }

    /// <summary>Asks the kernel; everything is null where it has no such question.</summary>
    public static TcpInfo Of(Socket socket)
    {
        Span<byte> answer = stackalloc byte[KnownBytes];
        return Ask(socket, Info, answer) is { } length ? Parse(answer[..length]) : default;
    }

    /// <summary>Reads as much of the struct as there is.</summary>
    public static TcpInfo Parse(ReadOnlySpan<byte> info)
    {
        var segment = Field(info, 16);
        var window = Field(info, 80);
        return new()
        {
            PathMtuBytes = Field(info, 60),
            RttMicros = Field(info, 68),
            RttVarMicros = Field(info, 72),
            CongestionWindowBytes = window * segment,
            TotalRetransmits = Field(info, 100),
            SendWindowBytes = Field(info, 228),
        };
    }

    /// <summary>Maximum segment size; null when the kernel does not tell.</summary>
    public static long? SegmentBytes(Socket socket)
    {
        Span<byte> answer = stackalloc byte[4];
        return Ask(socket, MaximumSegment, answer) is 4 ? MemoryMarshal.Read<int>(answer) : null;
    }

    /// <summary>Name of the congestion control; null when the kernel does not tell.</summary>
    public static string? CongestionControl(Socket socket)
    {
        Span<byte> answer = stackalloc byte[16];
        if (Ask(socket, Congestion, answer) is not { } length)
            return null;
        var name = answer[..length];
        var end = name.IndexOf((byte)0);
        return System.Text.Encoding.ASCII.GetString(end < 0 ? name : name[..end]);
    }

    static long? Field(ReadOnlySpan<byte> info, int offset) =>
        info.Length >= offset + 4 ? MemoryMarshal.Read<uint>(info[offset..]) : null;

    static int? Ask(Socket socket, int option, Span<byte> answer)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            return socket.GetRawSocketOption(Level, option, answer);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
