using Netronome.Server.Series;

namespace Netronome.Server.Tests.Series;

public sealed class ExponentialHistogramTests
{
    [Fact]
    public void A_value_lies_in_the_bucket_that_the_schema_says()
    {
        var random = new Random(2);
        for (var round = 0; round < 20_000; round++)
        {
            var nanoseconds = (long)Math.Pow(10, random.NextDouble() * 18);
            var index = ExponentialHistogram.IndexOf(nanoseconds);
            Assert.True(nanoseconds <= ExponentialHistogram.UpperNanoseconds(index) * (1 + 1e-9));
            Assert.True(nanoseconds > ExponentialHistogram.UpperNanoseconds(index - 1) * (1 - 1e-9));
        }
    }

    [Fact]
    public void One_second_is_the_upper_bound_of_bucket_0() => Assert.Equal(0, ExponentialHistogram.IndexOf(1_000_000_000));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void Extremes_have_a_bucket(long nanoseconds) =>
        Assert.InRange(ExponentialHistogram.IndexOf(nanoseconds), -500, 600);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void Quantiles_are_within_half_a_bucket_of_the_exact_ones(double ratio)
    {
        var random = new Random(4);
        var values = Enumerable.Range(0, 10_000).Select(_ => (long)(5e6 + (random.NextDouble() * random.NextDouble() * 2e8))).Order().ToArray();
        var histogram = new ExponentialHistogram();
        foreach (var value in values)
            histogram.Add(ExponentialHistogram.IndexOf(value), 1);
        var exact = values[(int)((values.Length - 1) * ratio)];
        Assert.InRange(histogram.Quantile(ratio, values.Length, values[0], values[^1]) / exact, 0.978, 1.022);
    }

    [Fact]
    public void A_single_value_is_every_quantile()
    {
        var histogram = new ExponentialHistogram();
        histogram.Add(ExponentialHistogram.IndexOf(12_345_678), 1);
        Assert.Equal(12_345_678, histogram.Quantile(0.5, 1, 12_345_678, 12_345_678));
    }
}
