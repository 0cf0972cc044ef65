using Netronome.Probing;

namespace Netronome.Server.Series;

/// <summary>
/// Probes of a range in columns: entry <c>i</c> covers <c>[From + i·Step, From + (i+1)·Step)</c> by time of sending. Quantiles are of all
/// answered probes of the column, exact from raw samples, otherwise from the pooled histogram (4.4 % wide buckets, so within
/// 2.2 %); minimum and maximum are always exact. A column without answered probes has null quantiles; one without probes has
/// <c>Sent</c> 0.
/// </summary>
public sealed class ProbeColumns
{
    /// <summary>Start of the first column, UTC microseconds: what was asked, rounded down to a bucket of the tier.</summary>
    public required long FromMicros { get; init; }

    /// <summary>Width of a column: what was asked, rounded to whole buckets of the tier.</summary>
    public required long StepMicros { get; init; }

    /// <summary>Where the values were read.</summary>
    public required Tier Resolution { get; init; }

    /// <summary>Starts of the columns, UTC microseconds.</summary>
    public required long[] AtMicros { get; init; }

    /// <summary>Least round-trip time, microseconds.</summary>
    public required double?[] MinUs { get; init; }

    /// <summary>10th percentile, microseconds.</summary>
    public required double?[] P10Us { get; init; }

    /// <summary>25th percentile, microseconds.</summary>
    public required double?[] P25Us { get; init; }

    /// <summary>Median, microseconds.</summary>
    public required double?[] P50Us { get; init; }

    /// <summary>75th percentile, microseconds.</summary>
    public required double?[] P75Us { get; init; }

    /// <summary>90th percentile, microseconds.</summary>
    public required double?[] P90Us { get; init; }

    /// <summary>95th percentile, microseconds.</summary>
    public required double?[] P95Us { get; init; }

    /// <summary>99th percentile, microseconds.</summary>
    public required double?[] P99Us { get; init; }

    /// <summary>Greatest round-trip time, microseconds.</summary>
    public required double?[] MaxUs { get; init; }

    /// <summary>Probes sent.</summary>
    public required long[] Sent { get; init; }

    /// <summary>Probes lost, for any reason.</summary>
    public required long[] Lost { get; init; }

    /// <summary>Probes lost by reason; only reasons that occur in the range.</summary>
    public required IReadOnlyDictionary<Loss, long[]> LostByReason { get; init; }

    /// <summary>The whole range in one.</summary>
    public required ProbeSummary Summary { get; init; }
}

/// <summary>All probes of a range.</summary>
/// <param name="Sent">Probes sent.</param>
/// <param name="Lost">Probes lost.</param>
/// <param name="LostByReason">Lost by reason.</param>
/// <param name="Rtt">Round-trip times; null when none was answered.</param>
/// <param name="JitterUs">
/// Mean smoothed difference of successive answered round-trip times as RFC 3550 section 6.4.1, microseconds; null unless every
/// sample was read.
/// </param>
public sealed record ProbeSummary(long Sent, long Lost, IReadOnlyDictionary<Loss, long> LostByReason, RttSummary? Rtt, double? JitterUs);

/// <summary>Round-trip times of a range, microseconds; quantiles as in <see cref="ProbeColumns"/>.</summary>
public sealed record RttSummary
{
    /// <summary>Answered probes.</summary>
    public required long Count { get; init; }

    /// <summary>Least.</summary>
    public required double MinUs { get; init; }

    /// <summary>Median.</summary>
    public required double P50Us { get; init; }

    /// <summary>95th percentile.</summary>
    public required double P95Us { get; init; }

    /// <summary>99th percentile.</summary>
    public required double P99Us { get; init; }

    /// <summary>Greatest.</summary>
    public required double MaxUs { get; init; }

    /// <summary>Arithmetic mean.</summary>
    public required double MeanUs { get; init; }

    /// <summary>Standard deviation of the population.</summary>
    public required double StddevUs { get; init; }

    /// <summary>Sum.</summary>
    public required double SumUs { get; init; }
}
