using System.Buffers.Binary;

namespace Netronome.Protocols.Ip;

/// <summary>The one's complement sum of RFC 1071, as IPv4, ICMP, UDP and TCP use it.</summary>
public static class InternetChecksum
{
    /// <summary>Checksum of <paramref name="bytes"/>; write it where the field was zero. Zero over data that contains its own checksum.</summary>
    public static ushort Compute(ReadOnlySpan<byte> bytes) => Finish(Add(0, bytes));

    /// <summary>Checksum of an ICMPv6 message with the pseudo-header of RFC 8200 §8.1.</summary>
    /// <param name="source">16 bytes.</param>
    /// <param name="destination">16 bytes.</param>
    /// <param name="message">The ICMPv6 message.</param>
    public static ushort ComputeIcmpV6(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> message)
    {
        Span<byte> rest = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)message.Length);
        rest[7] = (byte)IpProtocol.IcmpV6;
        return Finish(Add(Add(Add(Add(0, source), destination), rest), message));
    }

    // RFC 1071 §2: the sum is the same in any byte order and any word width, so eight bytes are added at a time with end-around carry.
    // Only the last part may be of odd length.
    static ulong Add(ulong sum, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            sum = AddWithCarry(sum, BinaryPrimitives.ReadUInt64BigEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        if (bytes.IsEmpty)
            return sum;
        Span<byte> last = stackalloc byte[sizeof(ulong)];
        last.Clear();
        bytes.CopyTo(last);
        return AddWithCarry(sum, BinaryPrimitives.ReadUInt64BigEndian(last));
    }

    static ulong AddWithCarry(ulong sum, ulong value)
    {
        sum += value;
        return sum + (sum < value ? 1UL : 0UL);
    }

    static ushort Finish(ulong sum)
    {
        sum = (sum & uint.MaxValue) + (sum >> 32);
        sum = (sum & 0xFFFF) + ((sum >> 16) & 0xFFFF) + (sum >> 32);
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
