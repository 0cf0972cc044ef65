using Netronome.Commands;
using Netronome.Output;

namespace Netronome.Tests.Iperf3;

public class Iperf3NumbersTests
{
    [Theory]
    [InlineData("100", 1024, 100)]
    [InlineData("128K", 1024, 131072)]
    [InlineData("128k", 1024, 131072)]
    [InlineData("1.5M", 1000, 1_500_000)]
    [InlineData("2G", 1000, 2_000_000_000)]
    [InlineData("1T", 1024, 1L << 40)]
    [InlineData("0", 1000, 0)]
    public void Amounts_take_iperf3s_letters(string text, int kilo, long expected)
    {
        Assert.True(Iperf3Numbers.TryParseAmount(text, kilo, out var amount));
        Assert.Equal(expected, amount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("K")]
    [InlineData("-5")]
    [InlineData("1e3")]
    [InlineData("10X")]
    [InlineData("10M/20")]
    [InlineData("99999999999T")]
    [InlineData("NaN")]
    public void Other_words_are_no_amounts(string text) => Assert.False(Iperf3Numbers.TryParseAmount(text, 1000, out _));

    [Theory]
    [InlineData("10", 10)]
    [InlineData("0.5", 0.5)]
    [InlineData("200ms", 0.2)]
    [InlineData("5s", 5)]
    [InlineData("2m", 120)]
    [InlineData("1h", 3600)]
    public void Times_are_seconds_unless_they_say_otherwise(string text, double seconds)
    {
        Assert.True(Iperf3Numbers.TryParseSeconds(text, out var span));
        Assert.Equal(seconds, span.TotalSeconds, 9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("-5s")]
    [InlineData("ms")]
    [InlineData("5d")]
    [InlineData("NaNs")]
    [InlineData("9999999999999")]
    public void Other_words_are_no_times(string text) => Assert.False(Iperf3Numbers.TryParseSeconds(text, out _));

    // Beside what iperf3 3.12 printed for the same numbers.
    [Theory]
    [InlineData('a', 101_234_567, " 101 Mbits/sec")]
    [InlineData('a', 99_300_000, "99.3 Mbits/sec")]
    [InlineData('a', 29_100_000_000, "29.1 Gbits/sec")]
    [InlineData('a', 0, "0.00 bits/sec")]
    [InlineData('m', 29_100_000_000, "29100 Mbits/sec")]
    [InlineData('k', 1_000, "1.00 Kbits/sec")]
    [InlineData('M', 37_765_513_216, "4502 MBytes/sec")]
    [InlineData('A', 8_388_608, "1.00 MBytes/sec")]
    public void Rates_have_iperf3s_four_figures(char format, double bitsPerSecond, string expected) =>
        Assert.Equal(expected, new Iperf3Units(format).Rate(bitsPerSecond));

    [Theory]
    [InlineData(0, "0.00 Bytes")]
    [InlineData(1_047_552, "1023 KBytes")]
    [InlineData(12_582_912, "12.0 MBytes")]
    [InlineData(3_919_158_272, "3.65 GBytes")]
    public void Amounts_have_iperf3s_four_figures(double bytes, string expected) => Assert.Equal(expected, Iperf3Units.Bytes(bytes));
}
