using System.Net;

namespace Netronome.Probing.Icmp;

/// <summary>How a target is probed with ICMP echo.</summary>
public sealed record IcmpProbeOptions
{
    /// <summary>Bytes that hold the nonce and the probe's number.</summary>
    public const int MinimumPayloadBytes = 16;

    /// <summary>65,535 less 20 bytes of IPv4 header and 8 of ICMP.</summary>
    public const int MaximumPayloadBytes = 65_507;

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

    /// <summary>Interface the probes must leave by (<c>IP_PKTINFO</c>, so that one socket serves all); null lets the kernel choose.</summary>
    public string? Interface { get; init; }

    /// <summary>Wait before the first probe: spreads the runs that begin together over their interval.</summary>
    public TimeSpan StartDelay { get; init; } = TimeSpan.Zero;

    /// <summary>The first thing that is out of bounds, as a sentence; null when all is well.</summary>
    public string? FindFault() => this switch
    {
        { Count: < 1 } => "The count must be at least 1.",
        { Interval: var interval } when interval < TimeSpan.FromMilliseconds(1) || interval > TimeSpan.FromDays(1) =>
            "The interval must be between 1 ms and 1 day.",
        { Deadline: var deadline } when deadline < TimeSpan.FromMilliseconds(1) || deadline > TimeSpan.FromHours(1) =>
            "The deadline must be between 1 ms and 1 hour.",
        { PayloadBytes: < MinimumPayloadBytes or > MaximumPayloadBytes } =>
            $"The size must be between {MinimumPayloadBytes} and {MaximumPayloadBytes} bytes: the first {MinimumPayloadBytes} tell our probes from others'.",
        { Dscp: > 63 } => "The DSCP must be between 0 and 63.",
        { Ttl: 0 } => "The TTL must be between 1 and 255.",
        { StartDelay: var delay } when delay < TimeSpan.Zero => "The start delay must not be negative.",
        _ => null,
    };
}
