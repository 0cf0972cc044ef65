using System.Buffers.Binary;
using System.Net;

namespace Netronome.Protocols.Ip;

/// <summary>What we read from an IPv4 header (RFC 791 §3.1).</summary>
/// <param name="HeaderBytes">Header with options, 20 to 60 bytes.</param>
/// <param name="TotalBytes">Header and data as the sender said; more than there is when the packet was cut.</param>
/// <param name="TrafficClass">DSCP and ECN, formerly type of service.</param>
/// <param name="Ttl">Time to live as it arrived.</param>
/// <param name="Protocol">What follows.</param>
/// <param name="SourceBits">Source address, host order.</param>
/// <param name="DestinationBits">Destination address, host order.</param>
public readonly record struct Ipv4Header(
    int HeaderBytes, int TotalBytes, byte TrafficClass, byte Ttl, IpProtocol Protocol, uint SourceBits, uint DestinationBits)
{
    /// <summary>A header without options.</summary>
    public const int MinimumBytes = 20;

    /// <summary>Source address.</summary>
    public IPAddress Source => ToAddress(SourceBits);

    /// <summary>Destination address.</summary>
    public IPAddress Destination => ToAddress(DestinationBits);

    /// <summary>Reads the header at the start of <paramref name="packet"/>; false when it is not IPv4 or is cut within the header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> packet, out Ipv4Header header)
    {
        header = default;
        if (packet.Length < MinimumBytes || packet[0] >> 4 != 4)
            return false;
        var headerBytes = (packet[0] & 0xF) * 4;
        if (headerBytes < MinimumBytes || headerBytes > packet.Length)
            return false;
        header = new(
            headerBytes,
            BinaryPrimitives.ReadUInt16BigEndian(packet[2..]),
            packet[1],
            packet[8],
            (IpProtocol)packet[9],
            BinaryPrimitives.ReadUInt32BigEndian(packet[12..]),
            BinaryPrimitives.ReadUInt32BigEndian(packet[16..]));
        return true;
    }

    static IPAddress ToAddress(uint bits)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, bits);
        return new(bytes);
    }
}
