using Netronome.Server.Series;

namespace Netronome.Server.Tests.Series;

public sealed class RollupCodecTests
{
    const long Start = 1_699_920_000_000_000;

    [Fact]
    public void Buckets_of_probes_come_back_and_only_the_spread_is_rounded()
    {
        var buckets = Probes(5000, seed: 1);
        var codec = new ProbeRollupCodec();
        var block = codec.Encode(Start, Tiers.MinuteMicros, buckets);
        var decoded = codec.Decode(Start, Tiers.MinuteMicros, block);
        Assert.Equal(buckets.Count, decoded.Count);
        foreach (var (expected, actual) in buckets.Zip(decoded))
        {
            Assert.Equal((expected.StartMicros, expected.Sent, expected.Lost), (actual.StartMicros, actual.Sent, actual.Lost));
            Assert.Equal((expected.MinNs, expected.MaxNs, expected.SumNs), (actual.MinNs, actual.MaxNs, actual.SumNs));
            Assert.Equal(expected.LostByReason, actual.LostByReason);
            Assert.Equal(expected.Histogram.Indexes.ToArray(), actual.Histogram.Indexes.ToArray());
            Assert.Equal(expected.Histogram.Counts.ToArray(), actual.Histogram.Counts.ToArray());
            Assert.InRange(Math.Sqrt((actual.SquaresNs + 1) / (expected.SquaresNs + 1)), 0.999, 1.001);
        }

        Assert.Equal(block, codec.Encode(Start, Tiers.MinuteMicros, decoded));
    }

    [Fact]
    public void Merging_in_any_order_gives_what_one_bucket_of_everything_gives()
    {
        var random = new Random(5);
        var values = Enumerable.Range(0, 4000).Select(_ => random.Next(50) == 0 ? -1L - random.Next(11) : random.NextInt64(1, 3_000_000_000)).ToArray();
        var whole = new ProbeBucket(0);
        var parts = Enumerable.Range(0, 7).Select(_ => new ProbeBucket(0)).ToArray();
        foreach (var value in values)
        {
            whole.AddSample(value);
            parts[random.Next(parts.Length)].AddSample(value);
        }

        var merged = new ProbeBucket(0);
        foreach (var part in parts)
            merged.Merge(part);
        Assert.Equal((whole.Sent, whole.Lost, whole.MinNs, whole.MaxNs, whole.SumNs), (merged.Sent, merged.Lost, merged.MinNs, merged.MaxNs, merged.SumNs));
        Assert.Equal(whole.Histogram.Counts.ToArray(), merged.Histogram.Counts.ToArray());
        Assert.Equal(1, merged.SquaresNs / whole.SquaresNs, 6);
    }

    [Fact]
    public void Gauges_and_counters_come_back_exactly()
    {
        var gauge = new GaugeBucket(Start + (3 * Tiers.MinuteMicros));
        gauge.AddSample(gauge.StartMicros + 5, 0.1);
        gauge.AddSample(gauge.StartMicros + 7, Math.PI);
        var gauges = new GaugeRollupCodec();
        var back = Assert.Single(gauges.Decode(Start, Tiers.MinuteMicros, gauges.Encode(Start, Tiers.MinuteMicros, [gauge])));
        Assert.Equal((gauge.Count, gauge.Min, gauge.Max, gauge.Sum, gauge.Last, gauge.LastAtMicros),
            (back.Count, back.Min, back.Max, back.Sum, back.Last, back.LastAtMicros));

        var counter = new CounterBucket(Start);
        counter.AddSample(null, 5);
        counter.AddSample(5, ulong.MaxValue);
        counter.AddSample(ulong.MaxValue, 3);
        var counters = new CounterRollupCodec();
        var again = Assert.Single(counters.Decode(Start, Tiers.MinuteMicros, counters.Encode(Start, Tiers.MinuteMicros, [counter])));
        Assert.Equal((counter.Count, counter.Steps, counter.Increase, counter.Resets),
            (again.Count, again.Steps, again.Increase, again.Resets));
    }

    [Fact]
    public void Any_bytes_decode_to_something_bounded_or_are_refused()
    {
        var random = new Random(9);
        var (probes, gauges, counters) = (new ProbeRollupCodec(), new GaugeRollupCodec(), new CounterRollupCodec());
        for (var round = 0; round < 1000; round++)
        {
            var bytes = new byte[random.Next(0, 120)];
            random.NextBytes(bytes);
            Bounded(() => probes.DecodeStream(Start, Tiers.MinuteMicros, bytes).Count);
            Bounded(() => gauges.DecodeStream(Start, Tiers.MinuteMicros, bytes).Count);
            Bounded(() => counters.DecodeStream(Start, Tiers.MinuteMicros, bytes).Count);
        }
    }

    static void Bounded(Func<int> decode)
    {
        try
        {
            Assert.InRange(decode(), 1, 512);
        }
        catch (InvalidDataException)
        {
        }
    }

    static List<ProbeBucket> Probes(int samples, int seed)
    {
        var random = new Random(seed);
        var at = Enumerable.Range(0, samples).Select(number => Start + (number * 3_000_000L)).ToArray();
        var bits = at.Select(_ => random.Next(40) switch
        {
            0 => -1L - random.Next(11),
            1 => random.NextInt64(1, 2_000_000_000),
            _ => random.NextInt64(18_000, 19_000) * 1000,
        }).ToArray();
        return Rollup.Probes(at, bits);
    }
}
