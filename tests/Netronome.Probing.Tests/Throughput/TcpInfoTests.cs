using System.Buffers.Binary;
using Netronome.Probing.Throughput;

namespace Netronome.Probing.Tests.Throughput;

public class TcpInfoTests
{
    /// <summary>Offsets of <c>struct tcp_info</c> in linux/tcp.h: a value of its own at each.</summary>
    static byte[] Struct(int length)
    {
        var info = new byte[248];
        foreach (var (offset, value) in new[] { (16, 1448u), (60, 1500u), (68, 20_000u), (72, 5_000u), (80, 10u), (100, 7u), (228, 65_536u) })
            BinaryPrimitives.WriteUInt32LittleEndian(info.AsSpan(offset), value);
        return info[..length];
    }

    [Fact]
    public void Every_field_is_read_at_its_offset()
    {
        var info = TcpInfo.Parse(Struct(248));

        Assert.Equal(
            new()
            {
                CongestionWindowBytes = 14_480, SendWindowBytes = 65_536, RttMicros = 20_000, RttVarMicros = 5_000, PathMtuBytes = 1500,
                TotalRetransmits = 7,
            },
            info);
    }

    [Fact]
    public void An_older_kernels_shorter_answer_leaves_the_rest_unknown()
    {
        var info = TcpInfo.Parse(Struct(104));

        Assert.True(info is { TotalRetransmits: 7, CongestionWindowBytes: 14_480, SendWindowBytes: null });
        Assert.True(TcpInfo.Parse(Struct(103)) is { TotalRetransmits: null, RttMicros: 20_000 });
        Assert.Equal(default, TcpInfo.Parse([]));
    }
}
