using Netronome.Probing;

namespace Netronome.Server.Series;

/// <summary>The way out.</summary>
public sealed partial class SeriesStore
{
    /// <summary>Above this many samples quantiles come from histograms, so that a query's memory is bounded.</summary>
    const int MaxExactSamples = 2_000_000;

    /// <summary>
    /// Probes of <c>[from, to)</c> in columns of about <paramref name="stepMicros"/>. The tier follows from the step: a column of a minute
    /// or more is pooled from roll-ups, and start and step are then rounded down to whole buckets (see the result). Newest samples
    /// are included.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such series.</exception>
    /// <exception cref="ArgumentOutOfRangeException">More than 20,000 columns, or a range that is none.</exception>
    public async Task<ProbeColumns> QueryProbesAsync(
        SeriesId series, long fromMicros, long toMicros, long stepMicros, CancellationToken cancellationToken)
    {
        var head = Head(series, SeriesKind.Probe);
        var plan = QueryPlan.Make(fromMicros, toMicros, stepMicros, state.HorizonOf);
        if (plan.Tier == Tier.Raw)
        {
            var (samples, _) = await reader.SamplesAsync(
                head, plan.FromMicros, plan.ToMicros, predecessor: false, long.MaxValue, cancellationToken);
            var builder = new ProbeColumnsBuilder(plan, exact: samples.Count <= MaxExactSamples);
            for (var place = 0; place < samples.Count; place++)
                builder.AddSample(samples.At[place], samples.Bits[place]);
            return builder.Build(JitterUs(samples));
        }

        var (buckets, unsealed, _) = await reader.BucketsAsync(head, plan, new ProbeRollupCodec(), cancellationToken);
        var pooling = new ProbeColumnsBuilder(plan, exact: false);
        foreach (var bucket in buckets)
            pooling.AddBucket(bucket);
        for (var place = 0; place < unsealed.Count; place++)
            pooling.AddSample(unsealed.At[place], unsealed.Bits[place]);
        return pooling.Build(jitterUs: null);
    }

    /// <summary>The first <paramref name="limit"/> probes of <c>[from, to)</c>, one by one.</summary>
    public async Task<ProbePoints> ReadProbesAsync(
        SeriesId series, long fromMicros, long toMicros, int limit, CancellationToken cancellationToken)
    {
        var head = Head(series, SeriesKind.Probe);
        var (samples, more) = await reader.SamplesAsync(head, fromMicros, toMicros, predecessor: false, limit, cancellationToken);
        var count = Math.Min(limit, samples.Count);
        var (rtts, losses) = (new double?[count], new Loss[count]);
        for (var place = 0; place < count; place++)
        {
            var bits = samples.Bits[place];
            rtts[place] = bits >= 0 ? bits / 1000.0 : null;
            losses[place] = bits >= 0 ? Loss.None : (Loss)(-bits);
        }

        return new(samples.At[..count].ToArray(), rtts, losses, more || samples.Count > limit);
    }

    /// <summary>A gauge in columns; tier and rounding as for probes.</summary>
    public async Task<GaugeColumns> QueryGaugesAsync(
        SeriesId series, long fromMicros, long toMicros, long stepMicros, CancellationToken cancellationToken)
    {
        var head = Head(series, SeriesKind.Gauge);
        var plan = QueryPlan.Make(fromMicros, toMicros, stepMicros, state.HorizonOf);
        var columns = new GaugeBucket?[plan.Columns];
        GaugeBucket? At(long at) => plan.ColumnOf(at) is >= 0 and var column ? columns[column] ??= new(at) : null;
        List<GaugeBucket> buckets = [];
        SampleColumns samples;
        if (plan.Tier == Tier.Raw)
        {
            (samples, _) = await reader.SamplesAsync(
                head, plan.FromMicros, plan.ToMicros, predecessor: false, long.MaxValue, cancellationToken);
        }
        else
        {
            (buckets, samples, _) = await reader.BucketsAsync(head, plan, new GaugeRollupCodec(), cancellationToken);
        }

        buckets.ForEach(bucket => At(bucket.StartMicros)?.Merge(bucket));
        for (var place = 0; place < samples.Count; place++)
            At(samples.At[place])?.AddSample(samples.At[place], BitConverter.Int64BitsToDouble(samples.Bits[place]));
        return new()
        {
            FromMicros = plan.FromMicros,
            StepMicros = plan.StepMicros,
            Resolution = plan.Tier,
            AtMicros = plan.Starts(),
            Count = Array.ConvertAll(columns, column => column?.Count ?? 0),
            Min = Array.ConvertAll(columns, column => column?.Min),
            Mean = Array.ConvertAll(columns, column => column?.Sum / column?.Count),
            Max = Array.ConvertAll(columns, column => column?.Max),
            Last = Array.ConvertAll(columns, column => column?.Last),
        };
    }

    /// <summary>Growth of a counter in columns; tier and rounding as for probes.</summary>
    public async Task<CounterColumns> QueryCountersAsync(
        SeriesId series, long fromMicros, long toMicros, long stepMicros, CancellationToken cancellationToken)
    {
        var head = Head(series, SeriesKind.Counter);
        var plan = QueryPlan.Make(fromMicros, toMicros, stepMicros, state.HorizonOf);
        var columns = new CounterBucket?[plan.Columns];
        List<CounterBucket> buckets;
        if (plan.Tier == Tier.Raw)
        {
            var (samples, _) = await reader.SamplesAsync(
                head, plan.FromMicros, plan.ToMicros, predecessor: true, long.MaxValue, cancellationToken);
            var known = samples.Count > 0 && samples.At[0] < plan.FromMicros;
            buckets = [];
            for (var place = 0; place < samples.Count; place++)
            {
                var bucket = new CounterBucket(samples.At[place]);
                bucket.AddSample(place == 0 ? null : (ulong)samples.Bits[place - 1], (ulong)samples.Bits[place]);
                if (place > 0 || !known)
                    buckets.Add(bucket);
            }
        }
        else
        {
            // Growth of unsealed samples is counted from the newest sealed one, of the same snapshot.
            (buckets, var samples, var newest) = await reader.BucketsAsync(head, plan, new CounterRollupCodec(), cancellationToken);
            buckets.AddRange(Rollup.Counters(samples.At, samples.Bits, newest.LastAt, newest.LastBits));
        }

        foreach (var bucket in buckets)
        {
            if (plan.ColumnOf(bucket.StartMicros) is >= 0 and var column)
                (columns[column] ??= new(bucket.StartMicros)).Merge(bucket);
        }

        return new()
        {
            FromMicros = plan.FromMicros,
            StepMicros = plan.StepMicros,
            Resolution = plan.Tier,
            AtMicros = plan.Starts(),
            Increase = Array.ConvertAll(columns, column => column is { Steps: > 0 } ? (double?)column.Increase : null),
            Resets = Array.ConvertAll(columns, column => column?.Resets ?? 0),
        };
    }

    /// <summary>The first <paramref name="limit"/> samples of a gauge or counter of <c>[from, to)</c>.</summary>
    public async Task<ValuePoints> ReadValuesAsync(
        SeriesId series, long fromMicros, long toMicros, int limit, CancellationToken cancellationToken)
    {
        var gauge = index.Find(series)?.Kind == SeriesKind.Gauge;
        var head = Head(series, gauge ? SeriesKind.Gauge : SeriesKind.Counter);
        var (samples, more) = await reader.SamplesAsync(head, fromMicros, toMicros, predecessor: false, limit, cancellationToken);
        var values = new double[Math.Min(limit, samples.Count)];
        for (var place = 0; place < values.Length; place++)
            values[place] = gauge ? BitConverter.Int64BitsToDouble(samples.Bits[place]) : (ulong)samples.Bits[place];
        return new(samples.At[..values.Length].ToArray(), values, more || samples.Count > limit);
    }

    /// <summary>J += (|D| - J) / 16 over successive answered probes (RFC 3550 section 6.4.1), microseconds; null below two.</summary>
    static double? JitterUs(SampleColumns samples)
    {
        var (jitter, before, pairs) = (0.0, -1L, 0);
        for (var place = 0; place < samples.Count; place++)
        {
            var rtt = samples.Bits[place];
            if (rtt < 0)
                continue;
            if (before >= 0)
            {
                jitter += (Math.Abs(rtt - before) - jitter) / 16;
                pairs++;
            }

            before = rtt;
        }

        return pairs == 0 ? null : jitter / 1000;
    }
}
