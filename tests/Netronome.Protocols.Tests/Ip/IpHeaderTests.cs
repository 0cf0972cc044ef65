using System.Net;
using Netronome.Protocols.Ip;
using Netronome.Protocols.Tests.Icmp;

namespace Netronome.Protocols.Tests.Ip;

public sealed class IpHeaderTests
{
    [Fact]
    public void A_captured_ipv4_header_is_read()
    {
        Assert.True(Ipv4Header.TryParse(Captured.HostUnreachableV4, out var header));
        Assert.Equal((20, 64, 0xC0, 64, IpProtocol.Icmp), (header.HeaderBytes, header.TotalBytes, header.TrafficClass, header.Ttl, header.Protocol));
        Assert.Equal((IPAddress.Parse("10.98.0.2"), IPAddress.Parse("10.98.0.1")), (header.Source, header.Destination));
    }

    [Fact]
    public void A_captured_ipv6_header_is_read()
    {
        Assert.True(Ipv6Header.TryParse(Captured.ReplyV6, out var header));
        Assert.Equal((16, 0, IpProtocol.IcmpV6, 64), (header!.PayloadBytes, header.TrafficClass, header.NextHeader, header.HopLimit));
        Assert.Equal((IPAddress.Parse("2001:db8:98::2"), IPAddress.Parse("2001:db8:98::1")), (header.Source, header.Destination));
    }

    [Fact]
    public void Options_lengthen_the_header_and_must_be_there()
    {
        var packet = Captured.RequestV4.ToArray();
        packet[0] = 0x46;
        Assert.True(Ipv4Header.TryParse(packet, out var header));
        Assert.Equal(24, header.HeaderBytes);
        Assert.False(Ipv4Header.TryParse(packet.AsSpan(0, 22), out _));
        packet[0] = 0x44;
        Assert.False(Ipv4Header.TryParse(packet, out _));
    }
}
