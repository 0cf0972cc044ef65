using System.Buffers.Binary;
using Netronome.Protocols.Ip;

namespace Netronome.Protocols.Icmp;

/// <summary>An ICMP error and the part of our packet that it quotes (RFC 792; RFC 4443 §3; RFC 1812 §4.3.2.3 on how much is quoted).</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Type">Type as on the wire.</param>
/// <param name="Code">Code as on the wire.</param>
/// <param name="Mtu">Next-hop MTU in bytes of a <see cref="IcmpErrorKind.TooBig"/>; null otherwise or when the router did not say (RFC 1191 §4).</param>
/// <param name="QuoteOffset">Where in the message the quoted IP packet begins.</param>
public readonly record struct IcmpError(IcmpErrorKind Kind, byte Type, byte Code, int? Mtu, int QuoteOffset)
{
    /// <summary>Reads an error message (no IP header in front); false when it is cut or not an error.</summary>
    public static bool TryParse(IcmpVersion version, ReadOnlySpan<byte> message, out IcmpError error)
    {
        error = default;
        if (message.Length < 8)
            return false;
        var (type, code) = (message[0], message[1]);
        // ICMPv4 errors: 3 unreachable, 4 source quench, 5 redirect, 11 time exceeded, 12 parameter problem. ICMPv6: types below 128 (RFC 4443 §2.1).
        if (version == IcmpVersion.V4 ? type is not (3 or 4 or 5 or 11 or 12) : type is 0 or >= 128)
            return false;
        var kind = Classify(version, type, code);
        int? mtu = null;
        if (kind == IcmpErrorKind.TooBig)
        {
            var said = version == IcmpVersion.V4
                ? BinaryPrimitives.ReadUInt16BigEndian(message[6..])
                : BinaryPrimitives.ReadUInt32BigEndian(message[4..]);
            mtu = said is > 0 and <= int.MaxValue ? (int)said : null;
        }

        error = new(kind, type, code, mtu, 8);
        return true;
    }

    /// <summary>The meaning of a type and code.</summary>
    public static IcmpErrorKind Classify(IcmpVersion version, byte type, byte code) => (version, type, code) switch
    {
        (IcmpVersion.V4, 3, 0 or 6 or 11) => IcmpErrorKind.NetworkUnreachable,
        (IcmpVersion.V4, 3, 1 or 5 or 7 or 8 or 12) => IcmpErrorKind.HostUnreachable,
        (IcmpVersion.V4, 3, 2 or 3) => IcmpErrorKind.PortUnreachable,
        (IcmpVersion.V4, 3, 4) => IcmpErrorKind.TooBig,
        (IcmpVersion.V4, 3, 9 or 10 or 13 or 14 or 15) => IcmpErrorKind.AdminProhibited,
        (IcmpVersion.V4, 11, _) => IcmpErrorKind.TimeExceeded,
        (IcmpVersion.V6, 1, 0) => IcmpErrorKind.NetworkUnreachable,
        (IcmpVersion.V6, 1, 2 or 3) => IcmpErrorKind.HostUnreachable,
        (IcmpVersion.V6, 1, 4) or (IcmpVersion.V6, 4, 1) => IcmpErrorKind.PortUnreachable,
        (IcmpVersion.V6, 1, 1 or 5 or 6) => IcmpErrorKind.AdminProhibited,
        (IcmpVersion.V6, 2, _) => IcmpErrorKind.TooBig,
        (IcmpVersion.V6, 3, _) => IcmpErrorKind.TimeExceeded,
        _ => IcmpErrorKind.Other,
    };

    /// <summary>
    /// Finds the quoted ICMP message within a whole error message; false when the quote is cut before it or is of another protocol, which includes
    /// IPv6 extension headers other than none.
    /// </summary>
    public bool TryGetQuotedIcmp(IcmpVersion version, ReadOnlySpan<byte> message, out ReadOnlySpan<byte> quoted)
    {
        quoted = default;
        if (QuoteOffset > message.Length)
            return false;
        var packet = message[QuoteOffset..];
        if (version == IcmpVersion.V4)
        {
            if (!Ipv4Header.TryParse(packet, out var header) || header.Protocol != IpProtocol.Icmp)
                return false;
            quoted = packet[header.HeaderBytes..];
        }
        else
        {
            if (!Ipv6Header.TryParse(packet, out var header) || header?.NextHeader != IpProtocol.IcmpV6)
                return false;
            quoted = packet[Ipv6Header.Bytes..];
        }

        return quoted.Length >= IcmpEcho.HeaderBytes;
    }
}
