namespace Netronome.Protocols.Icmp;

/// <summary>What an ICMP error says, in the same words for both protocols.</summary>
public enum IcmpErrorKind : byte
{
    /// <summary>An error type or code we have no word for; its numbers are kept.</summary>
    Other = 0,

    /// <summary>ICMPv4 3/0, 3/6, 3/11; ICMPv6 1/0.</summary>
    NetworkUnreachable,

    /// <summary>ICMPv4 3/1, 3/5, 3/7, 3/8, 3/12; ICMPv6 1/2, 1/3.</summary>
    HostUnreachable,

    /// <summary>ICMPv4 3/2, 3/3; ICMPv6 1/4, 4/1.</summary>
    PortUnreachable,

    /// <summary>ICMPv4 3/9, 3/10, 3/13, 3/14, 3/15; ICMPv6 1/1, 1/5, 1/6.</summary>
    AdminProhibited,

    /// <summary>ICMPv4 11; ICMPv6 3.</summary>
    TimeExceeded,

    /// <summary>ICMPv4 3/4; ICMPv6 2.</summary>
    TooBig,
}
