using System.Net;
using System.Net.Sockets;
using Netronome.Probing.Throughput;

namespace Netronome.Probing.Tests.Throughput;

public class Iperf3OptionsTests
{
    static readonly Iperf3Options Good = new() { Host = "server.example" };

    [Fact]
    public void The_defaults_are_possible() => Assert.Empty(Good.Validate());

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = (Good with { Port = 70_000, Streams = 0, Duration = TimeSpan.Zero, BlockBytes = 2 << 20 }).Validate();

        Assert.Equal(4, faults.Count);
    }

    public static TheoryData<string, Iperf3Options> Impossible => new()
    {
        { "port 0", Good with { Port = 0 } },
        { "129 streams", Good with { Streams = 129 } },
        { "negative time", Good with { Duration = TimeSpan.FromSeconds(-5) } },
        { "two days", Good with { Duration = TimeSpan.FromDays(2) } },
        { "half a second of warm-up", Good with { Omit = TimeSpan.FromSeconds(0.5) } },
        { "warm-up above the limit", Good with { Omit = TimeSpan.FromSeconds(601) } },
        { "10 ms reports", Good with { ReportInterval = TimeSpan.FromMilliseconds(10) } },
        { "no bytes", Good with { Bytes = 0 } },
        { "negative rate", Good with { BitsPerSecondPerStream = -1 } },
        { "300 characters", Good with { Host = new string('a', 300) } },
        { "mixed families", Good with { Source = IPAddress.Loopback, Family = AddressFamily.InterNetworkV6 } },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Impossible_values_are_refused(string what, Iperf3Options options) => Assert.True(options.Validate().Count is 1, what);
}
