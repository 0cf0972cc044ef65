namespace Netronome.Server.Series;

/// <summary>Roll-ups of probes: what follows from other members (first and last bucket of the histogram, its last count) is not stored.</summary>
sealed class ProbeRollupCodec() : RollupCodec<ProbeBucket>(0x23)
{
    /// <summary>Steps per doubling of the stored spread.</summary>
    const double SpreadSteps = 512;

    readonly LevelModel least = new(), range = new(), middle = new();
    readonly IntegerModel sent = new(), lost = new(), spread = new(), counts = new();
    readonly List<long> leastSeen = [], rangeSeen = [], middleSeen = [];
    long sentBefore, spreadBefore;

    protected override void Choose(IReadOnlyList<ProbeBucket> buckets)
    {
        leastSeen.Clear();
        rangeSeen.Clear();
        middleSeen.Clear();
        foreach (var bucket in buckets.Where(bucket => bucket.Answered > 0))
        {
            leastSeen.Add(bucket.MinNs);
            rangeSeen.Add(bucket.MaxNs - bucket.MinNs);
            middleSeen.Add(bucket.SumNs - (bucket.Answered * bucket.MinNs));
        }

        least.Choose([.. leastSeen]);
        range.Choose([.. rangeSeen]);
        middle.Choose([.. middleSeen]);
    }

    protected override void Begin<TCoder>(ref TCoder coder)
    {
        sent.Reset();
        lost.Reset();
        spread.Reset();
        counts.Reset();
        (sentBefore, spreadBefore) = (0, 0);
        least.CodeHeader(ref coder);
        range.CodeHeader(ref coder);
        middle.CodeHeader(ref coder);
    }

    protected override void CodeBucket<TCoder>(ref TCoder coder, ProbeBucket bucket)
    {
        bucket.Sent = sentBefore = unchecked(sentBefore + sent.Code(ref coder, bucket.Sent - sentBefore));
        CodeLost(ref coder, bucket);
        if (bucket.Answered <= 0)
            return;
        bucket.MinNs = least.Code(ref coder, bucket.MinNs);
        bucket.MaxNs = unchecked(bucket.MinNs + range.Code(ref coder, unchecked(bucket.MaxNs - bucket.MinNs)));
        var above = middle.Code(ref coder, unchecked(bucket.SumNs - (bucket.Answered * bucket.MinNs)));
        bucket.SumNs = unchecked(above + (bucket.Answered * bucket.MinNs));
        // The spread is a noisy number that compresses badly; its logarithm in 1/512 is enough.
        var step = (long)Math.Round(Math.Log2(1 + Math.Max(0, bucket.SquaresNs)) * SpreadSteps);
        spreadBefore = unchecked(spreadBefore + spread.Code(ref coder, step - spreadBefore));
        bucket.SquaresNs = Math.Pow(2, spreadBefore / SpreadSteps) - 1;
        CodeHistogram(ref coder, bucket);
    }

    void CodeLost<TCoder>(ref TCoder coder, ProbeBucket bucket)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        // Pairs of (distance to the next reason, count), ended by distance 0.
        var reasons = bucket.LostByReason;
        var decoding = bucket.LostByReason is null;
        for (var reason = 0; ;)
        {
            var next = reason + 1;
            while (reasons is not null && next < ProbeBucket.Reasons && reasons[next] == 0)
                next++;
            var stored = reasons is null || next >= ProbeBucket.Reasons ? 0 : next - reason;
            var distance = lost.Code(ref coder, stored);
            if (distance == 0)
                return;
            if (distance < 0 || reason + distance >= ProbeBucket.Reasons)
                throw new InvalidDataException("The roll-up has an unknown loss reason.");
            reason += (int)distance;
            var count = lost.Code(ref coder, reasons is null ? 0 : reasons[reason]);
            if (decoding)
                bucket.AddLost(reason, count);
        }
    }

    void CodeHistogram<TCoder>(ref TCoder coder, ProbeBucket bucket)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var histogram = bucket.Histogram;
        var decoding = histogram.Length == 0;
        var (first, last) = (ExponentialHistogram.IndexOf(bucket.MinNs), ExponentialHistogram.IndexOf(bucket.MaxNs));
        var left = bucket.Answered;
        var place = 0;
        for (var index = first; index < last && left > 0; index++)
        {
            var known = !decoding && histogram.Indexes[place] == index ? histogram.Counts[place++] : 0;
            var count = counts.Code(ref coder, known);
            left -= count;
            if (decoding && count != 0)
                histogram.Add(index, count);
        }

        if (decoding && left > 0)
            histogram.Add(last, left);
    }
}
