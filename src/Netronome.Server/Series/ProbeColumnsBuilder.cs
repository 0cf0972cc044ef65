using Netronome.Probing;

namespace Netronome.Server.Series;

/// <summary>Pools probes and buckets into the columns of a plan.</summary>
/// <param name="plan">The columns.</param>
/// <param name="exact">Keep every round-trip time for exact quantiles; only samples may then be added.</param>
sealed class ProbeColumnsBuilder(QueryPlan plan, bool exact)
{
    readonly ProbeBucket?[] pooled = new ProbeBucket?[plan.Columns];
    readonly List<long>?[] values = new List<long>?[exact ? plan.Columns : 0];
    readonly ProbeBucket total = new(plan.FromMicros);

    internal void AddSample(long at, long bits)
    {
        var column = plan.ColumnOf(at);
        if (column < 0)
            return;
        Column(column).AddSample(bits);
        if (exact && bits >= 0)
            (values[column] ??= []).Add(bits);
    }

    internal void AddBucket(ProbeBucket bucket)
    {
        var column = plan.ColumnOf(bucket.StartMicros);
        if (column >= 0)
            Column(column).Merge(bucket);
    }

    internal ProbeColumns Build(double? jitterUs)
    {
        foreach (var bucket in pooled)
        {
            if (bucket is not null)
                total.Merge(bucket);
        }

        double?[] Quantiles(double ratio) => Fill((bucket, column) => QuantileUs(bucket, exact ? values[column] : null, ratio));
        if (exact)
        {
            foreach (var list in values)
                list?.Sort();
        }

        return new()
        {
            FromMicros = plan.FromMicros,
            StepMicros = plan.StepMicros,
            Resolution = plan.Tier,
            AtMicros = plan.Starts(),
            MinUs = Fill((bucket, _) => bucket.MinNs / 1000.0),
            P10Us = Quantiles(0.10),
            P25Us = Quantiles(0.25),
            P50Us = Quantiles(0.50),
            P75Us = Quantiles(0.75),
            P90Us = Quantiles(0.90),
            P95Us = Quantiles(0.95),
            P99Us = Quantiles(0.99),
            MaxUs = Fill((bucket, _) => bucket.MaxNs / 1000.0),
            Sent = Array.ConvertAll(pooled, bucket => bucket?.Sent ?? 0),
            Lost = Array.ConvertAll(pooled, bucket => bucket?.Lost ?? 0),
            LostByReason = Reasons().ToDictionary(
                reason => (Loss)reason, reason => Array.ConvertAll(pooled, bucket => bucket?.LostByReason?[reason] ?? 0)),
            Summary = Summarize(jitterUs),
        };
    }

    ProbeSummary Summarize(double? jitterUs)
    {
        var all = exact ? values.Where(list => list is not null).SelectMany(list => list!).Order().ToList() : null;
        var rtt = total.Answered == 0 ? null : new RttSummary
        {
            Count = total.Answered,
            MinUs = total.MinNs / 1000.0,
            P50Us = QuantileUs(total, all, 0.50),
            P95Us = QuantileUs(total, all, 0.95),
            P99Us = QuantileUs(total, all, 0.99),
            MaxUs = total.MaxNs / 1000.0,
            MeanUs = total.SumNs / 1000.0 / total.Answered,
            StddevUs = Math.Sqrt(total.SquaresNs / total.Answered) / 1000,
            SumUs = total.SumNs / 1000.0,
        };
        return new(
            total.Sent, total.Lost, Reasons().ToDictionary(reason => (Loss)reason, reason => total.LostByReason![reason]), rtt, jitterUs);
    }

    IEnumerable<int> Reasons() =>
        total.LostByReason is { } lost ? Enumerable.Range(1, ProbeBucket.Reasons - 1).Where(reason => lost[reason] > 0) : [];

    ProbeBucket Column(int column) => pooled[column] ??= new(plan.FromMicros + (column * plan.StepMicros));

    double?[] Fill(Func<ProbeBucket, int, double> value)
    {
        var filled = new double?[pooled.Length];
        for (var column = 0; column < filled.Length; column++)
            filled[column] = pooled[column] is { Answered: > 0 } bucket ? value(bucket, column) : null;
        return filled;
    }

    static double QuantileUs(ProbeBucket bucket, List<long>? sorted, double ratio)
    {
        if (sorted is null)
            return bucket.Histogram.Quantile(ratio, bucket.Answered, bucket.MinNs, bucket.MaxNs) / 1000;
        // Linear between the two nearest ranks.
        var rank = (sorted.Count - 1) * ratio;
        var below = (int)rank;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return (sorted[below] + ((sorted[above] - sorted[below]) * (rank - below))) / 1000;
    }
}
