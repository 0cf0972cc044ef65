using System.Text.Json.Serialization;
using Netronome.Server.Http;

namespace Netronome.Server.Monitors;

/// <summary>Why nothing was measured for a while.</summary>
[JsonConverter(typeof(CamelCaseEnum<GapReason>))]
public enum GapReason
{
    /// <summary>Not known why.</summary>
    NotMeasured,

    /// <summary>Somebody had paused it.</summary>
    Paused,

    /// <summary>The server did not run.</summary>
    ServerRestarted,
}

/// <summary>A time without measurements.</summary>
public sealed record Gap(DateTimeOffset From, DateTimeOffset To, GapReason Reason);

/// <summary>
/// Round-trip times of a range in columns of equal length; entry i covers the step that begins <c>t[i]</c> ms after <c>from</c>. With
/// resolution <c>probes</c> each entry is one probe, sent <c>t[i]</c> ms after <c>from</c>.
/// </summary>
public sealed record RttHistory
{
    /// <summary>Begin of the first column.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>End of the range.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Width of a column; the time between two probes does not follow from it when the resolution is <c>probes</c>.</summary>
    public required double StepMs { get; init; }

    /// <summary>Where the values come from: <c>probes</c>, <c>raw</c>, <c>1m</c>, <c>1h</c> or <c>1d</c>.</summary>
    public required string Resolution { get; init; }

    /// <summary>Milliseconds since <c>from</c>.</summary>
    public required IReadOnlyList<double> T { get; init; }

    /// <summary>Least round-trip time.</summary>
    public required IReadOnlyList<double?> MinUs { get; init; }

    /// <summary>10th percentile.</summary>
    public required IReadOnlyList<double?> P10Us { get; init; }

    /// <summary>25th percentile.</summary>
    public required IReadOnlyList<double?> P25Us { get; init; }

    /// <summary>Median.</summary>
    public required IReadOnlyList<double?> P50Us { get; init; }

    /// <summary>75th percentile.</summary>
    public required IReadOnlyList<double?> P75Us { get; init; }

    /// <summary>90th percentile.</summary>
    public required IReadOnlyList<double?> P90Us { get; init; }

    /// <summary>95th percentile.</summary>
    public required IReadOnlyList<double?> P95Us { get; init; }

    /// <summary>99th percentile.</summary>
    public required IReadOnlyList<double?> P99Us { get; init; }

    /// <summary>Greatest round-trip time.</summary>
    public required IReadOnlyList<double?> MaxUs { get; init; }

    /// <summary>Probes that were on the wire.</summary>
    public required IReadOnlyList<long> Sent { get; init; }

    /// <summary>Those of them without an answer.</summary>
    public required IReadOnlyList<long> Lost { get; init; }

    /// <summary>Times without measurements.</summary>
    public required IReadOnlyList<Gap> Gaps { get; init; }

    /// <summary>The whole range in one.</summary>
    public required RttHistorySummary Summary { get; init; }
}

/// <summary>All probes of a range.</summary>
/// <param name="Sent">Probes that were on the wire.</param>
/// <param name="Lost">Those of them without an answer.</param>
/// <param name="LossRatio">Lost of sent; null when none was sent.</param>
/// <param name="NotSent">Probes that never were on the wire: the name did not resolve, no permission, the kernel refused.</param>
/// <param name="LossReasons">Counts by reason, also of those not sent.</param>
/// <param name="RttMs">Round-trip times; null when none was answered.</param>
/// <param name="JitterMs">RFC 3550 §6.4.1; null unless every probe was read.</param>
/// <param name="MeasuredRatio">How much of the range was measured.</param>
public sealed record RttHistorySummary(
    long Sent, long Lost,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? LossRatio,
    long NotSent, IReadOnlyDictionary<string, long> LossReasons,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] RttFigures? RttMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? JitterMs,
    double MeasuredRatio);

/// <summary>Round-trip times in milliseconds.</summary>
public sealed record RttFigures(double Min, double P50, double P95, double P99, double Max, double Mean, double Stddev);

/// <summary>A strip of columns for every monitor.</summary>
/// <param name="From">Begin of the first column.</param>
/// <param name="To">End of the range.</param>
/// <param name="StepMs">Width of a column.</param>
/// <param name="Items">One per monitor.</param>
public sealed record BeatBoard(DateTimeOffset From, DateTimeOffset To, double StepMs, IReadOnlyList<Beats> Items);

/// <summary>One monitor's strip, and the whole range in one.</summary>
public sealed record Beats(
    long Id, IReadOnlyList<double?> P50Us, IReadOnlyList<double?> P95Us, IReadOnlyList<long> Sent, IReadOnlyList<long> Lost,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? P50Ms,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? P95Ms,
    long TotalSent, long TotalLost);
