namespace Netronome.Server.Series;

/// <summary>A gauge in columns as in <see cref="ProbeColumns"/>; null where there is no sample.</summary>
public sealed class GaugeColumns
{
    /// <summary>Start of the first column, UTC microseconds.</summary>
    public required long FromMicros { get; init; }

    /// <summary>Width of a column.</summary>
    public required long StepMicros { get; init; }

    /// <summary>Where the values were read.</summary>
    public required Tier Resolution { get; init; }

    /// <summary>Starts of the columns, UTC microseconds.</summary>
    public required long[] AtMicros { get; init; }

    /// <summary>Samples.</summary>
    public required long[] Count { get; init; }

    /// <summary>Least.</summary>
    public required double?[] Min { get; init; }

    /// <summary>Mean of the samples.</summary>
    public required double?[] Mean { get; init; }

    /// <summary>Greatest.</summary>
    public required double?[] Max { get; init; }

    /// <summary>The latest of the column.</summary>
    public required double?[] Last { get; init; }
}

/// <summary>A counter in columns as in <see cref="ProbeColumns"/>.</summary>
public sealed class CounterColumns
{
    /// <summary>Start of the first column, UTC microseconds.</summary>
    public required long FromMicros { get; init; }

    /// <summary>Width of a column.</summary>
    public required long StepMicros { get; init; }

    /// <summary>Where the values were read.</summary>
    public required Tier Resolution { get; init; }

    /// <summary>Starts of the columns, UTC microseconds.</summary>
    public required long[] AtMicros { get; init; }

    /// <summary>
    /// Growth between successive samples, counted at the later of the two; null where no two samples without a reset between them
    /// end in the column.
    /// </summary>
    public required double?[] Increase { get; init; }

    /// <summary>Times the count fell.</summary>
    public required long[] Resets { get; init; }
}
