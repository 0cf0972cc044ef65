namespace Netronome.Protocols.Icmp;

/// <summary>The two protocols: same shape, different numbers.</summary>
public enum IcmpVersion : byte
{
    /// <summary>ICMP for IPv4, RFC 792.</summary>
    V4 = 4,

    /// <summary>ICMPv6, RFC 4443.</summary>
    V6 = 6,
}
