using FsCheck;
using FsCheck.Fluent;
using Netronome.Server.Scheduling;

namespace Netronome.Server.Tests.Scheduling;

public sealed class DurationTests
{
    [Theory]
    [InlineData("30s", 30_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData("2w", 1_209_600_000)]
    [InlineData("100ms", 100)]
    [InlineData(" 1h ", 3_600_000)]
    [InlineData("1h0m5s", 3_605_000)]
    [InlineData("0.5s", 500)]
    [InlineData("1d12h", 129_600_000)]
    public void A_duration_is_read(string text, long milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration, out var reason), reason);
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("", "is empty")]
    [InlineData("  ", "is empty")]
    [InlineData("abc", "is not a duration")]
    [InlineData("-5s", "has a sign")]
    [InlineData("+5s", "has a sign")]
    [InlineData("0", "has no unit")]
    [InlineData("0s", "is zero")]
    [InlineData("5", "has no unit")]
    [InlineData("5x", "unknown unit 'x'")]
    [InlineData("5 m", "unknown unit ' m'")]
    [InlineData("1h30", "has no unit")]
    [InlineData("1..5h", "cannot be read")]
    [InlineData(".h", "cannot be read")]
    [InlineData("99999999999999999999h", "cannot be read")]
    [InlineData("999999999999999999w", "longer than 100 years")]
    [InlineData("9999999d", "longer than 100 years")]
    [InlineData("5M", "unknown unit 'M'")]
    [InlineData("1e3s", "unknown unit 'e'")]
    [InlineData("٣s", "is not a duration")]
    public void Anything_else_is_refused_with_a_reason(string? text, string expected)
    {
        Assert.False(Duration.TryParse(text, out _, out var reason));
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_duration_is_written_so_that_it_reads_back()
    {
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), micros =>
        {
            var duration = TimeSpan.FromMicroseconds((double)micros * 977);
            return Duration.TryParse(Duration.Format(duration), out var back, out _) && back == duration;
        }).QuickCheckThrowOnFailure();
        Assert.Equal("1h30m", Duration.Format(TimeSpan.FromHours(1.5)));
        Assert.Equal("14d", Duration.Format(TimeSpan.FromDays(14)));
        Assert.Equal("100ms", Duration.Format(TimeSpan.FromMilliseconds(100)));
    }
}
