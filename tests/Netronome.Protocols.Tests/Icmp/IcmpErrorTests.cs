using Netronome.Protocols.Icmp;

namespace Netronome.Protocols.Tests.Icmp;

public sealed class IcmpErrorTests
{
    [Fact]
    public void Captured_errors_are_read_with_the_echo_they_quote()
    {
        AssertError(Captured.HostUnreachableV4, IcmpErrorKind.HostUnreachable, 3, 1, 0x5AC3);
        AssertError(Captured.TimeExceededV4, IcmpErrorKind.TimeExceeded, 11, 0, 0x5ACD);
        AssertError(Captured.NoRouteV6, IcmpErrorKind.NetworkUnreachable, 1, 0, 0x5AC9);
        AssertError(Captured.TimeExceededV6, IcmpErrorKind.TimeExceeded, 3, 0, 0x5ACA);
    }

    static void AssertError(byte[] packet, IcmpErrorKind kind, byte type, byte code, ushort identifier)
    {
        var version = packet[0] >> 4 == 4 ? IcmpVersion.V4 : IcmpVersion.V6;
        var message = Captured.IcmpOf(packet);
        Assert.True(IcmpError.TryParse(version, message, out var error));
        Assert.Equal((kind, type, code, null), (error.Kind, error.Type, error.Code, error.Mtu));
        Assert.True(error.TryGetQuotedIcmp(version, message, out var quoted));
        Assert.True(IcmpEcho.TryParse(version, quoted, out var echo));
        Assert.Equal(new IcmpEcho(IsReply: false, identifier, 1), echo);
    }

    [Theory]
    [InlineData(IcmpVersion.V4, "0304000000000578", 1400)]
    [InlineData(IcmpVersion.V4, "0304000000000000", null)] // RFC 1191 §4: an old router says nothing
    [InlineData(IcmpVersion.V6, "0200000000000500", 1280)]
    [InlineData(IcmpVersion.V6, "02000000FFFFFFFF", null)]
    public void A_packet_too_big_says_how_big_it_may_be(IcmpVersion version, string hex, int? mtu)
    {
        Assert.True(IcmpError.TryParse(version, Convert.FromHexString(hex), out var error));
        Assert.Equal((IcmpErrorKind.TooBig, mtu), (error.Kind, error.Mtu));
    }

    [Fact]
    public void Unknown_codes_keep_their_numbers()
    {
        Assert.True(IcmpError.TryParse(IcmpVersion.V4, Convert.FromHexString("03EE000000000000"), out var error));
        Assert.Equal((IcmpErrorKind.Other, 3, 0xEE), (error.Kind, error.Type, error.Code));
    }

    [Fact]
    public void A_quote_of_another_protocol_is_none_of_ours()
    {
        var message = Captured.IcmpOf(Captured.HostUnreachableV4).ToArray();
        message[8 + 9] = 17;
        Assert.True(IcmpError.TryParse(IcmpVersion.V4, message, out var error));
        Assert.False(error.TryGetQuotedIcmp(IcmpVersion.V4, message, out _));
    }
}
