using Netronome.Server.Series;

namespace Netronome.Server.Tests.Series;

public sealed class QueryPlanTests
{
    const long Minute = Tiers.MinuteMicros, Hour = Tiers.HourMicros, Day = Tiers.DayMicros;

    [Theory]
    [InlineData(10_000_000, Tier.Raw)]
    [InlineData(59_000_000, Tier.Raw)]
    [InlineData(Minute, Tier.Minute)]
    [InlineData(Hour - 1, Tier.Minute)]
    [InlineData(Hour, Tier.Hour)]
    [InlineData(7 * Day, Tier.Day)]
    public void The_step_chooses_the_tier(long step, Tier expected)
    {
        var plan = QueryPlan.Make(1000 * Day, (1000 * Day) + (100 * step), step, _ => 0);
        Assert.Equal(expected, plan.Tier);
        Assert.Equal(0, plan.StepMicros % Math.Max(1, expected.BucketMicros()));
    }

    [Fact]
    public void Columns_are_whole_buckets_and_cover_the_range()
    {
        var (from, to) = ((1000 * Day) + 17, (1000 * Day) + (30 * Day) + 5);
        var plan = QueryPlan.Make(from, to, 72 * Minute, _ => 0);
        Assert.Equal((Tier.Hour, Hour, 1000 * Day), (plan.Tier, plan.StepMicros, plan.FromMicros));
        Assert.True(plan.ToMicros >= to && plan.ToMicros < to + plan.StepMicros);
    }

    [Fact]
    public void Where_a_tier_was_dropped_a_finer_one_answers_and_else_a_coarser_one()
    {
        var (from, to) = (1000 * Day, 1010 * Day);
        Assert.Equal(Tier.Raw, QueryPlan.Make(from, to, 10 * Minute, tier => tier == Tier.Minute ? from + 1 : 0).Tier);
        Assert.Equal(Tier.Hour, QueryPlan.Make(from, to, 10 * Minute, tier => tier <= Tier.Minute ? from + 1 : 0).Tier);
    }

    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(100, 0, 1)]
    [InlineData(-1, 100, 1)]
    [InlineData(0, 1_000_000, 1)]
    [InlineData(0, long.MaxValue, 1000)]
    public void Ranges_that_are_none_and_too_many_columns_are_refused(long from, long to, long step) =>
        Assert.ThrowsAny<ArgumentOutOfRangeException>(() => QueryPlan.Make(from, to, step, _ => 0));
}
