using Netronome.Protocols.Iperf3;

namespace Netronome.Protocols.Tests.Iperf3;

public class Iperf3WireTests
{
    // The cookie of the recorded test: "obk363xu4eehw7ifxbi3cat24xgjl75gapej" and a zero.
    const string RecordedCookie = "6F626B3336337875346565687737696678626933636174323478676A6C3735676170656A00";

    [Fact]
    public void A_recorded_cookie_reads_and_writes_back()
    {
        Assert.True(Iperf3Cookie.TryParse(Convert.FromHexString(RecordedCookie), out var cookie));
        Assert.Equal("obk363xu4eehw7ifxbi3cat24xgjl75gapej", cookie.ToString());
        Assert.Equal(RecordedCookie, Convert.ToHexString(cookie.ToWire()));
    }

    [Fact]
    public void A_new_cookie_is_one_that_iperf3_takes_and_differs_from_the_last()
    {
        var cookie = Iperf3Cookie.Create();

        Assert.True(Iperf3Cookie.TryParse(cookie.ToWire(), out var again));
        Assert.Equal(cookie, again);
        Assert.NotEqual(cookie, Iperf3Cookie.Create());
    }

    [Theory]
    [InlineData("")]
    [InlineData("6F62")]
    [InlineData("6F626B3336337875346565687737696678626933636174323478676A6C3735676170656A61")]
    [InlineData("4F626B3336337875346565687737696678626933636174323478676A6C3735676170656A00")]
    public void Other_bytes_are_no_cookie(string hex) => Assert.False(Iperf3Cookie.TryParse(Convert.FromHexString(hex), out _));

    [Fact]
    public void Stream_numbers_leave_out_the_two() =>
        Assert.Equal([1, 3, 4, 5, 6], Enumerable.Range(0, 5).Select(Iperf3StreamId.OfIndex));

    [Fact]
    public void A_server_error_has_iperf3s_number_and_the_systems()
    {
        var error = Iperf3ServerError.Read([0, 0, 0, 37, 0, 0, 0, 11]);

        Assert.Equal(new(37, 11), error);
        Assert.Equal("the test is longer than the server allows (errno 11 on the server)", error.Describe());
        var wire = new byte[8];
        error.Write(wire);
        Assert.Equal("000000250000000B", Convert.ToHexString(wire));
    }

    [Fact]
    public void An_unknown_error_keeps_its_number() => Assert.Equal("iperf3 error -77", new Iperf3ServerError(-77, 0).Describe());
}
