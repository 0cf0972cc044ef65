namespace Netronome.Protocols.Ip;

/// <summary>Protocol numbers in IP headers (IANA "Assigned Internet Protocol Numbers"); others are kept as they are.</summary>
public enum IpProtocol : byte
{
    /// <summary>RFC 792.</summary>
    Icmp = 1,

    /// <summary>RFC 9293.</summary>
    Tcp = 6,

    /// <summary>RFC 768.</summary>
    Udp = 17,

    /// <summary>RFC 4443.</summary>
    IcmpV6 = 58,
}
