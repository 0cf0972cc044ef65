namespace Netronome.Probing.Statistics;

/// <summary>
/// Round-trip times in short. With the n answered probes in ascending order x₁ … xₙ:
/// mean = (Σ xᵢ) / n; stddev = √((Σ (xᵢ − mean)²) / n), the population's, as ping's mdev; the p-quantile is the nearest rank, x at ⌈p·n⌉, so each is a
/// time that was measured. Duplicates and late answers are not in it.
/// </summary>
/// <param name="Count">Probes answered.</param>
/// <param name="MinNanoseconds">x₁.</param>
/// <param name="P50Nanoseconds">Median.</param>
/// <param name="P95Nanoseconds">95 of 100 were no longer.</param>
/// <param name="P99Nanoseconds">99 of 100 were no longer.</param>
/// <param name="MaxNanoseconds">xₙ.</param>
/// <param name="MeanNanoseconds">Arithmetic mean.</param>
/// <param name="StddevNanoseconds">Population standard deviation.</param>
public sealed record RttSummary(
    long Count,
    long MinNanoseconds,
    long P50Nanoseconds,
    long P95Nanoseconds,
    long P99Nanoseconds,
    long MaxNanoseconds,
    double MeanNanoseconds,
    double StddevNanoseconds)
{
    /// <summary>Sums up; null when there is nothing to sum up.</summary>
    public static RttSummary? Of(ReadOnlySpan<long> rttNanoseconds)
    {
        if (rttNanoseconds.IsEmpty)
            return null;
        var sorted = rttNanoseconds.ToArray();
        Array.Sort(sorted);
        var sum = Int128.Zero;
        foreach (var rtt in sorted)
            sum += rtt;
        var mean = (double)sum / sorted.Length;
        // Around the mean, in a second pass: the sum of squares loses all digits when times are alike.
        var squares = 0.0;
        foreach (var rtt in sorted)
            squares += (rtt - mean) * (rtt - mean);
        return new(
            sorted.Length,
            sorted[0],
            Quantile(sorted, 50),
            Quantile(sorted, 95),
            Quantile(sorted, 99),
            sorted[^1],
            mean,
            Math.Sqrt(squares / sorted.Length));
    }

    // In whole numbers: 0.95 * 20 is a little more than 19 in floating point, and its ceiling would be 20.
    static long Quantile(long[] sorted, int percent) => sorted[(int)(((long)percent * sorted.Length + 99) / 100) - 1];
}
