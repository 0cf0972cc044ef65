using Netronome.Server.Http;

namespace Netronome.Server.Tests.Http;

public class HostNameTests
{
    public static TheoryData<string?> Bad => new()
    {
        null, "", "   ", "-c", "--help", "a b", "a;b", "a|b", "a\nb", "$(id)", "münchen.example", "a..b", ".a", "a-.example",
        new string('a', 300), new string('a', 64) + ".example", "1.2.3", "256.1.1.1", "0x7f.1", "127.1", "2130706433", "0.0.0.0", "::",
        "224.0.0.1", "ff02::1", "255.255.255.255", "[::1]", "a/b", "http://a.example", "user@a.example", "a:80",
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_no_host_is_refused(string? host)
    {
        var faults = new FaultList();
        HostName.Check(faults, "host", host);

        Assert.False(faults.None, host);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a.example.")]
    [InlineData("xn--mnchen-3ya.example")]
    [InlineData("_dmarc.example")]
    [InlineData("9.9.9.9.in-addr.arpa")]
    [InlineData("192.0.2.1")]
    [InlineData("127.0.0.1")]
    [InlineData("2001:db8::1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("::1")]
    public void A_host_is_taken(string host)
    {
        var faults = new FaultList();
        HostName.Check(faults, "host", host);

        Assert.True(faults.None, faults.Sentence);
    }
}
