using System.Buffers.Binary;
using Netronome.Protocols.Ip;

namespace Netronome.Protocols.Icmp;

/// <summary>An echo request or reply: RFC 792 p. 14, RFC 4443 §4.1 and §4.2. The data follow the 8 bytes of header.</summary>
/// <param name="IsReply">Reply (type 0, or 129 in ICMPv6) or request (type 8, or 128).</param>
/// <param name="Identifier">Tells one sender's echoes from another's.</param>
/// <param name="Sequence">Counts the sender's echoes, wraps.</param>
public readonly record struct IcmpEcho(bool IsReply, ushort Identifier, ushort Sequence)
{
    /// <summary>Type, code, checksum, identifier, sequence.</summary>
    public const int HeaderBytes = 8;

    const byte RequestV4 = 8;
    const byte ReplyV4 = 0;
    const byte RequestV6 = 128;
    const byte ReplyV6 = 129;

    /// <summary>
    /// Reads the header of an echo message that begins at <paramref name="message"/> (no IP header); false when it is too short, of another type,
    /// or has a code. The checksum is not looked at: see <see cref="HasValidChecksum"/>.
    /// </summary>
    public static bool TryParse(IcmpVersion version, ReadOnlySpan<byte> message, out IcmpEcho echo)
    {
        echo = default;
        if (message.Length < HeaderBytes || message[1] != 0)
            return false;
        bool? isReply = (version, message[0]) switch
        {
            (IcmpVersion.V4, ReplyV4) or (IcmpVersion.V6, ReplyV6) => true,
            (IcmpVersion.V4, RequestV4) or (IcmpVersion.V6, RequestV6) => false,
            _ => null,
        };
        if (isReply is not { } reply)
            return false;
        echo = new(reply, BinaryPrimitives.ReadUInt16BigEndian(message[4..]), BinaryPrimitives.ReadUInt16BigEndian(message[6..]));
        return true;
    }

    /// <summary>
    /// Whether a whole ICMPv4 message carries the checksum it should. For ICMPv6 the kernel has already checked, since only it knows the
    /// pseudo-header.
    /// </summary>
    public static bool HasValidChecksum(ReadOnlySpan<byte> message) => InternetChecksum.Compute(message) == 0;

    /// <summary>
    /// Writes the header in front of data that are already in <paramref name="message"/>. ICMPv4 gets its checksum; ICMPv6 gets zero, which the kernel
    /// replaces (RFC 3542 §3.1).
    /// </summary>
    public void Write(IcmpVersion version, Span<byte> message)
    {
        message[0] = (version, IsReply) switch
        {
            (IcmpVersion.V4, true) => ReplyV4,
            (IcmpVersion.V4, false) => RequestV4,
            (_, true) => ReplyV6,
            (_, false) => RequestV6,
        };
        message[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], Identifier);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], Sequence);
        if (version == IcmpVersion.V4)
            BinaryPrimitives.WriteUInt16BigEndian(message[2..], InternetChecksum.Compute(message));
    }
}
