using FsCheck;
using FsCheck.Fluent;
using Netronome.Protocols.Icmp;
using Netronome.Protocols.Ip;

namespace Netronome.Protocols.Tests.Icmp;

public sealed class IcmpEchoTests
{
    [Fact]
    public void Captured_echoes_are_read()
    {
        Assert.True(IcmpEcho.TryParse(IcmpVersion.V4, Captured.IcmpOf(Captured.RequestV4), out var request));
        Assert.Equal(new IcmpEcho(IsReply: false, 0x5ABF, 1), request);
        Assert.True(IcmpEcho.TryParse(IcmpVersion.V4, Captured.IcmpOf(Captured.ReplyV4), out var reply));
        Assert.Equal(request with { IsReply = true }, reply);
        Assert.True(IcmpEcho.TryParse(IcmpVersion.V6, Captured.IcmpOf(Captured.ReplyV6), out reply));
        Assert.Equal(new IcmpEcho(IsReply: true, 0x5AC8, 1), reply);
    }

    [Fact]
    public void An_icmpv4_echo_is_written_as_captured()
    {
        var message = Captured.IcmpOf(Captured.RequestV4).ToArray();
        message.AsSpan(0, IcmpEcho.HeaderBytes).Fill(0xEE);
        new IcmpEcho(IsReply: false, 0x5ABF, 1).Write(IcmpVersion.V4, message);
        Assert.Equal(Captured.IcmpOf(Captured.RequestV4), message);
    }

    [Fact]
    public void An_icmpv6_echo_is_written_as_captured_but_for_the_kernels_checksum()
    {
        var captured = Captured.IcmpOf(Captured.RequestV6).ToArray();
        var message = captured.ToArray();
        message.AsSpan(0, IcmpEcho.HeaderBytes).Fill(0xEE);
        new IcmpEcho(IsReply: false, 0x5AC8, 1).Write(IcmpVersion.V6, message);
        captured[2] = captured[3] = 0;
        Assert.Equal(captured, message);
    }

    [Fact]
    public void Errors_are_no_echoes()
    {
        Assert.False(IcmpEcho.TryParse(IcmpVersion.V4, Captured.IcmpOf(Captured.TimeExceededV4), out _));
        Assert.False(IcmpEcho.TryParse(IcmpVersion.V6, Captured.IcmpOf(Captured.NoRouteV6), out _));
        Assert.False(IcmpEcho.TryParse(IcmpVersion.V6, Captured.IcmpOf(Captured.ReplyV4), out _));
    }

    [Fact]
    public void Any_echo_comes_back_as_written_and_one_changed_bit_shows()
    {
        Prop.ForAll<ushort, ushort, byte[]>((identifier, sequence, data) =>
        {
            var echo = new IcmpEcho(identifier % 2 == 0, identifier, sequence);
            var message = new byte[IcmpEcho.HeaderBytes + data.Length];
            data.CopyTo(message, IcmpEcho.HeaderBytes);
            echo.Write(IcmpVersion.V4, message);
            var isWhole = IcmpEcho.TryParse(IcmpVersion.V4, message, out var read) && read == echo && IcmpEcho.HasValidChecksum(message);
            message[(identifier + sequence) % message.Length] ^= (byte)(1 << sequence % 8);
            return isWhole && !IcmpEcho.HasValidChecksum(message);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_without_harm()
    {
        var random = new Random(4443);
        for (var round = 0; round < 200_000; round++)
        {
            var bytes = new byte[random.Next(0, 120)];
            random.NextBytes(bytes);
            if (bytes.Length > 0 && round % 2 == 0)
                bytes[0] = (byte)(round % 4 == 0 ? 0x45 : 0x60);
            foreach (var version in (IcmpVersion[])[IcmpVersion.V4, IcmpVersion.V6])
            {
                IcmpEcho.TryParse(version, bytes, out _);
                if (IcmpError.TryParse(version, bytes, out var error) && error.TryGetQuotedIcmp(version, bytes, out var quoted))
                    Assert.True(quoted.Length >= IcmpEcho.HeaderBytes);
            }

            _ = Ipv4Header.TryParse(bytes, out _);
            _ = Ipv6Header.TryParse(bytes, out _);
        }
    }

    [Fact]
    public void Every_cut_of_a_captured_packet_is_read_or_refused_without_harm()
    {
        foreach (var packet in (byte[][])[Captured.HostUnreachableV4, Captured.TimeExceededV4, Captured.NoRouteV6, Captured.TimeExceededV6])
        {
            var version = packet[0] >> 4 == 4 ? IcmpVersion.V4 : IcmpVersion.V6;
            var message = Captured.IcmpOf(packet);
            for (var length = 0; length < message.Length; length++)
            {
                if (IcmpError.TryParse(version, message[..length], out var error))
                    error.TryGetQuotedIcmp(version, message[..length], out _);
            }
        }
    }
}
