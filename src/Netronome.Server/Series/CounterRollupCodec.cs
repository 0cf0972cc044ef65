namespace Netronome.Server.Series;

/// <summary>Roll-ups of counters.</summary>
sealed class CounterRollupCodec() : RollupCodec<CounterBucket>(0x22)
{
    readonly LevelModel increase = new();
    readonly IntegerModel counts = new(), steps = new(), resets = new();
    long countBefore;

    protected override void Choose(IReadOnlyList<CounterBucket> buckets) =>
        increase.Choose([.. buckets.Select(bucket => (long)bucket.Increase)]);

    protected override void Begin<TCoder>(ref TCoder coder)
    {
        counts.Reset();
        steps.Reset();
        resets.Reset();
        countBefore = 0;
        increase.CodeHeader(ref coder);
    }

    protected override void CodeBucket<TCoder>(ref TCoder coder, CounterBucket bucket)
    {
        bucket.Count = countBefore = unchecked(countBefore + counts.Code(ref coder, bucket.Count - countBefore));
        bucket.Steps = unchecked(bucket.Count - steps.Code(ref coder, bucket.Count - bucket.Steps));
        bucket.Resets = resets.Code(ref coder, bucket.Resets);
        bucket.Increase = (ulong)increase.Code(ref coder, (long)bucket.Increase);
    }
}
