namespace Netronome.Server.Series;

/// <summary>Which tier answers a range and step, and the columns that result: whole buckets of the tier.</summary>
/// <param name="Tier">The coarsest tier not wider than a column, among those that reach back to the start.</param>
/// <param name="FromMicros">Start of the first column.</param>
/// <param name="StepMicros">Width of a column.</param>
/// <param name="Columns">How many.</param>
readonly record struct QueryPlan(Tier Tier, long FromMicros, long StepMicros, int Columns)
{
    /// <summary>More columns are refused: no screen shows them.</summary>
    internal const int MaxColumns = 20_000;

    internal long ToMicros => FromMicros + (StepMicros * Columns);

    internal long[] Starts()
    {
        var starts = new long[Columns];
        for (var column = 0; column < starts.Length; column++)
            starts[column] = FromMicros + (column * StepMicros);
        return starts;
    }

    internal int ColumnOf(long atMicros) => atMicros < FromMicros ? -1
        : (atMicros - FromMicros) / StepMicros is var column && column < Columns ? (int)column : -1;

    internal static QueryPlan Make(long fromMicros, long toMicros, long stepMicros, Func<Tier, long> horizonOf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fromMicros);
        ArgumentOutOfRangeException.ThrowIfLessThan(toMicros, fromMicros);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(toMicros, long.MaxValue / 4);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepMicros);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((toMicros - fromMicros) / stepMicros, MaxColumns, nameof(stepMicros));
        var tier = Choose(fromMicros, stepMicros, horizonOf);
        var width = Math.Max(1, tier.BucketMicros());
        var step = Math.Max(1, stepMicros / width) * width;
        var from = Tiers.Floor(fromMicros, width);
        var columns = (int)Math.Min(2L * MaxColumns, Math.Max(1, (toMicros - from + step - 1) / step));
        return new(tier, from, step, columns);
    }

    /// <summary>
    /// The tier the step asks for if it reaches back far enough; else the next finer one that does; else the next coarser; else the
    /// one that reaches back furthest.
    /// </summary>
    static Tier Choose(long fromMicros, long stepMicros, Func<Tier, long> horizonOf)
    {
        var wanted = Tier.Raw;
        foreach (var tier in Tiers.Rollups)
        {
            if (tier.BucketMicros() <= stepMicros)
                wanted = tier;
        }

        for (var tier = (int)wanted; tier >= 0; tier--)
        {
            if (horizonOf((Tier)tier) <= fromMicros)
                return (Tier)tier;
        }

        for (var tier = (int)wanted + 1; tier < Tiers.Count; tier++)
        {
            if (horizonOf((Tier)tier) <= fromMicros)
                return (Tier)tier;
        }

        return Enumerable.Range((int)wanted, Tiers.Count - (int)wanted).Select(tier => (Tier)tier).MinBy(horizonOf);
    }
}
