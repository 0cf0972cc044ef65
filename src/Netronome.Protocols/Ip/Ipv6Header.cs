using System.Buffers.Binary;
using System.Net;

namespace Netronome.Protocols.Ip;

/// <summary>What we read from an IPv6 header (RFC 8200 §3). Extension headers are not walked: <see cref="NextHeader"/> is the first.</summary>
/// <param name="PayloadBytes">What follows the header, as the sender said.</param>
/// <param name="TrafficClass">DSCP and ECN.</param>
/// <param name="NextHeader">What follows.</param>
/// <param name="HopLimit">Hop limit as it arrived.</param>
/// <param name="Source">Source address.</param>
/// <param name="Destination">Destination address.</param>
public sealed record Ipv6Header(
    int PayloadBytes, byte TrafficClass, IpProtocol NextHeader, byte HopLimit, IPAddress Source, IPAddress Destination)
{
    /// <summary>The header has one size.</summary>
    public const int Bytes = 40;

    /// <summary>Reads the header at the start of <paramref name="packet"/>; false when it is not IPv6 or is cut within the header.</summary>
    public static bool TryParse(ReadOnlySpan<byte> packet, out Ipv6Header? header)
    {
        header = null;
        if (packet.Length < Bytes || packet[0] >> 4 != 6)
            return false;
        header = new(
            BinaryPrimitives.ReadUInt16BigEndian(packet[4..]),
            (byte)(BinaryPrimitives.ReadUInt16BigEndian(packet) >> 4),
            (IpProtocol)packet[6],
            packet[7],
            new(packet[8..24]),
            new(packet[24..40]));
        return true;
    }
}
