using System.Net;

namespace Netronome.Probing.Icmp;

/// <summary>How a target is probed with ICMP echo.</summary>
public sealed record IcmpProbeOptions
{
    /// <summary>One probe a second, 56 bytes, 3 s deadline, for ever.</summary>
    public static IcmpProbeOptions Default { get; } = new();

    /// <summary>How many probes; null probes until cancelled.</summary>
    public int? Count { get; init; }

    /// <summary>Time between two probes to the same target, at least 1 ms.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A probe without an answer this long after it left is lost.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Bytes after the ICMP header, as ping's <c>-s</c>: 16 to 65,507 (16 hold the nonce).</summary>
    public int PayloadBytes { get; init; } = 56;

    /// <summary>Differentiated services code point, 0 to 63 (RFC 2474).</summary>
    public byte Dscp { get; init; }

    /// <summary>Hop limit of the probes; null is the system's.</summary>
    public byte? Ttl { get; init; }

    /// <summary>Address the probes leave from; null lets the kernel choose.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>Interface the probes must leave by (<c>SO_BINDTODEVICE</c>); null lets the kernel choose.</summary>
    public string? Interface { get; init; }
}
