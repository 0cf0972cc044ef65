using System.Collections.Immutable;

namespace Netronome.Server.Series;

/// <summary>What the values of a series mean. Stored by number.</summary>
public enum SeriesKind : byte
{
    /// <summary>A level that goes up and down; the value is a double.</summary>
    Gauge = 1,

    /// <summary>A count that only grows; a fall is a reset and makes a gap, never a negative rate.</summary>
    Counter = 2,

    /// <summary>Each sample is one probe: a round-trip time in nanoseconds or a loss reason.</summary>
    Probe = 3,
}

/// <summary>The name of a series: metric plus labels. Two keys with the same text are the same series.</summary>
/// <param name="Metric">What is measured, with its unit at the end, as <c>icmp_rtt_ns</c>.</param>
/// <param name="Kind">What the values mean.</param>
/// <param name="Labels">What tells this series from others of the metric, as <c>monitor="12"</c>.</param>
public sealed record SeriesKey(string Metric, SeriesKind Kind, ImmutableSortedDictionary<string, string> Labels)
{
    /// <summary>The canonical text, <c>metric{a="1",b="2"}</c>, labels in ordinal order, backslash and quote escaped.</summary>
    public override string ToString() =>
        Labels.IsEmpty ? Metric : $"{Metric}{{{string.Join(',', Labels.Select(label => $"{label.Key}=\"{Escape(label.Value)}\""))}}}";

    /// <summary>Keys are equal by their canonical text.</summary>
    public bool Equals(SeriesKey? other) => other is not null && other.ToString() == ToString();

    /// <summary>Hash of the canonical text.</summary>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    static string Escape(string value) => value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");
}

/// <summary>Number of a series in this store.</summary>
public readonly record struct SeriesId(long Value);
