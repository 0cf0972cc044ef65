using FsCheck;
using FsCheck.Fluent;
using Netronome.Protocols.Ip;
using Netronome.Protocols.Tests.Icmp;

namespace Netronome.Protocols.Tests.Ip;

public sealed class InternetChecksumTests
{
    [Fact]
    public void The_example_of_rfc_1071_comes_out()
    {
        // §3: the sum of 00 01 f2 03 f4 f5 f6 f7 is ddf2; the checksum is its complement.
        Assert.Equal(0xFFFF ^ 0xDDF2, InternetChecksum.Compute(Convert.FromHexString("0001f203f4f5f6f7")));
    }

    [Fact]
    public void Captured_headers_and_messages_sum_to_zero()
    {
        Assert.Equal(0, InternetChecksum.Compute(Captured.ReplyV4.AsSpan(0, 20)));
        Assert.Equal(0, InternetChecksum.Compute(Captured.IcmpOf(Captured.ReplyV4)));
        Assert.Equal(0, InternetChecksum.Compute(Captured.IcmpOf(Captured.HostUnreachableV4)));
        foreach (var packet in (byte[][])[Captured.RequestV6, Captured.ReplyV6, Captured.NoRouteV6, Captured.TimeExceededV6])
            Assert.Equal(0, InternetChecksum.ComputeIcmpV6(packet.AsSpan(8, 16), packet.AsSpan(24, 16), Captured.IcmpOf(packet)));
    }

    [Fact]
    public void Eight_bytes_at_a_time_are_as_two_at_a_time()
    {
        Prop.ForAll<byte[]>(bytes => InternetChecksum.Compute(bytes) == Plain(bytes)).QuickCheckThrowOnFailure();
        var random = new Random(1071);
        for (var length = 0; length < 300; length++)
        {
            var bytes = new byte[length];
            if (length % 3 == 0)
                bytes.AsSpan().Fill(0xFF);
            else
                random.NextBytes(bytes);
            Assert.Equal(Plain(bytes), InternetChecksum.Compute(bytes));
        }
    }

    static ushort Plain(byte[] bytes)
    {
        var sum = 0u;
        for (var index = 0; index < bytes.Length; index += 2)
            sum += (uint)(bytes[index] << 8 | (index + 1 < bytes.Length ? bytes[index + 1] : 0));
        while (sum > 0xFFFF)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
