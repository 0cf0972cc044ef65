using FsCheck;
using FsCheck.Fluent;
using Netronome.Probing.Statistics;

namespace Netronome.Probing.Tests.Statistics;

public sealed class RttSummaryTests
{
    [Fact]
    public void Nothing_measured_has_no_figures()
    {
        Assert.Null(RttSummary.Of([]));
        var summary = new ProbeFold().Summarise();
        Assert.Equal((null, null, null, null), (summary.LossRatio, summary.Rtt, summary.JitterNanoseconds, summary.Clock));
    }

    [Fact]
    public void One_to_a_hundred_has_its_ranks_as_quantiles()
    {
        var summary = RttSummary.Of([.. Enumerable.Range(1, 100).Reverse().Select(value => (long)value)])!;
        Assert.Equal((1, 50, 95, 99, 100), (summary.MinNanoseconds, summary.P50Nanoseconds, summary.P95Nanoseconds, summary.P99Nanoseconds, summary.MaxNanoseconds));
        Assert.Equal(50.5, summary.MeanNanoseconds);
        // √((n² − 1) / 12) for 1 … n.
        Assert.Equal(Math.Sqrt(9_999 / 12.0), summary.StddevNanoseconds, 10);
    }

    [Fact]
    public void Twenty_values_have_the_nineteenth_as_p95()
    {
        Assert.Equal(19, RttSummary.Of([.. Enumerable.Range(1, 20).Select(value => (long)value)])!.P95Nanoseconds);
    }

    [Fact]
    public void Alike_times_have_no_deviation()
    {
        var summary = RttSummary.Of([.. Enumerable.Repeat(3_000_000_000_000_001L, 1_000)])!;
        Assert.Equal(0, summary.StddevNanoseconds, 3);
    }

    [Fact]
    public void Order_holds_for_any_times()
    {
        Prop.ForAll<long[]>(times =>
        {
            var positive = times.Select(time => Math.Abs(time % 1_000_000_000_000)).ToArray();
            if (RttSummary.Of(positive) is not { } summary)
                return positive.Length == 0;
            return summary.MinNanoseconds <= summary.P50Nanoseconds && summary.P50Nanoseconds <= summary.P95Nanoseconds
                && summary.P95Nanoseconds <= summary.P99Nanoseconds && summary.P99Nanoseconds <= summary.MaxNanoseconds
                && summary.MeanNanoseconds >= summary.MinNanoseconds - 1 && summary.MeanNanoseconds <= summary.MaxNanoseconds + 1
                && summary.StddevNanoseconds >= 0
                && positive.Contains(summary.P95Nanoseconds);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Jitter_follows_rfc_3550()
    {
        // D = 16, 16, 0: J = 1, 1 + 15/16, that − that/16.
        var jitter = new RttJitter().Add(100).Add(116).Add(100).Add(100);
        Assert.Equal(1.9375 - 1.9375 / 16, jitter.Nanoseconds, 12);
    }

    [Fact]
    public void Losses_are_counted_by_reason_and_leave_the_times_alone()
    {
        var fold = new ProbeFold();
        fold.Add(new() { Sequence = 0, SentAt = default, RttNanoseconds = 5, Clock = ClockSource.KernelReceive });
        fold.Add(new() { Sequence = 1, SentAt = default, Loss = Loss.Timeout, DuringOwnPause = true });
        fold.Add(new() { Sequence = 2, SentAt = default, Loss = Loss.HostUnreachable });
        fold.Add(new() { Sequence = 3, SentAt = default, RttNanoseconds = 7 });
        var summary = fold.Summarise();
        Assert.Equal((2, 2, 0.5, 1), (summary.Received, summary.Lost, summary.LossRatio!.Value, summary.OwnPauses));
        Assert.Equal(ClockSource.KernelReceive, summary.Clock);
        Assert.Equal([(Loss.Timeout, 1L), (Loss.HostUnreachable, 1L)], summary.Losses.Select(loss => (loss.Key, loss.Value)));
        Assert.Equal(2 / 16.0, summary.JitterNanoseconds);
    }
}
