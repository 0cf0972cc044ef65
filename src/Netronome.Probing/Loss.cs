namespace Netronome.Probing;

/// <summary>Why a probe has no round-trip time: a closed list, stored by number, so members are only ever added at the end.</summary>
public enum Loss : byte
{
    /// <summary>Not lost: the round-trip time is there.</summary>
    None = 0,

    /// <summary>No answer came before the deadline.</summary>
    Timeout = 1,

    /// <summary>A router or the own kernel said the host can't be reached (ICMP type 3 code 1, ICMPv6 type 1 code 3, EHOSTUNREACH).</summary>
    HostUnreachable = 2,

    /// <summary>There is no route (ICMP type 3 code 0, ICMPv6 type 1 code 0, ENETUNREACH).</summary>
    NetworkUnreachable = 3,

    /// <summary>The port or protocol is closed (ICMP type 3 codes 2 and 3, ICMPv6 type 1 code 4).</summary>
    PortUnreachable = 4,

    /// <summary>A filter said no (ICMP type 3 codes 9, 10 and 13, ICMPv6 type 1 codes 1 and 5).</summary>
    AdminProhibited = 5,

    /// <summary>The hop limit ran out on the way (ICMP type 11, ICMPv6 type 3).</summary>
    TtlExceeded = 6,

    /// <summary>The packet was too big for a link (ICMP type 3 code 4, ICMPv6 type 2, EMSGSIZE).</summary>
    TooBig = 7,

    /// <summary>The far end refused the connection.</summary>
    Refused = 8,

    /// <summary>The own kernel did not take the packet (ENOBUFS and the like): nothing was on the wire.</summary>
    SendFailed = 9,

    /// <summary>The name could not be resolved: nothing was on the wire.</summary>
    NameNotResolved = 10,

    /// <summary>The program may not send such packets: nothing was on the wire.</summary>
    NoPermission = 11,
}
