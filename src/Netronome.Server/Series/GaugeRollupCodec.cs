namespace Netronome.Server.Series;

/// <summary>Roll-ups of gauges.</summary>
sealed class GaugeRollupCodec() : RollupCodec<GaugeBucket>(0x21)
{
    readonly GaugeModel least = new(), greatest = new(), sum = new(), last = new();
    readonly IntegerModel counts = new(), times = new();
    long countBefore, timeBefore;

    protected override void Choose(IReadOnlyList<GaugeBucket> buckets)
    {
        least.Choose(Bits(buckets, bucket => bucket.Min));
        greatest.Choose(Bits(buckets, bucket => bucket.Max));
        sum.Choose(Bits(buckets, bucket => bucket.Sum));
        last.Choose(Bits(buckets, bucket => bucket.Last));
    }

    protected override void Begin<TCoder>(ref TCoder coder)
    {
        counts.Reset();
        times.Reset();
        (countBefore, timeBefore) = (0, 0);
        least.CodeHeader(ref coder);
        greatest.CodeHeader(ref coder);
        sum.CodeHeader(ref coder);
        last.CodeHeader(ref coder);
    }

    protected override void CodeBucket<TCoder>(ref TCoder coder, GaugeBucket bucket)
    {
        bucket.Count = countBefore = unchecked(countBefore + counts.Code(ref coder, bucket.Count - countBefore));
        bucket.Min = Code(ref coder, least, bucket.Min);
        bucket.Max = Code(ref coder, greatest, bucket.Max);
        bucket.Sum = Code(ref coder, sum, bucket.Sum);
        bucket.Last = Code(ref coder, last, bucket.Last);
        var offset = unchecked(bucket.LastAtMicros - bucket.StartMicros);
        timeBefore = unchecked(timeBefore + times.Code(ref coder, unchecked(offset - timeBefore)));
        bucket.LastAtMicros = unchecked(bucket.StartMicros + timeBefore);
    }

    static double Code<TCoder>(ref TCoder coder, GaugeModel model, double value)
        where TCoder : struct, IBitCoder, allows ref struct =>
        BitConverter.Int64BitsToDouble(model.Code(ref coder, BitConverter.DoubleToInt64Bits(value)));

    static long[] Bits(IReadOnlyList<GaugeBucket> buckets, Func<GaugeBucket, double> member) =>
        [.. buckets.Select(bucket => BitConverter.DoubleToInt64Bits(member(bucket)))];
}
