namespace Netronome.Server.Series;

/// <summary>
/// Codes a level that wanders (round-trip times, growth of a counter, a gauge in whole steps): everything divided by the common
/// divisor, then the difference to a prediction between the last value and the running mean. How far between is tried out on the
/// chunk's own data: 8 eighths follow a random walk, 0 eighths noise around a mean. Arithmetic wraps, the same on both sides.
/// </summary>
sealed class LevelModel
{
    const int MeanShift = 4, Weights = 9, Sampled = 256;

    readonly IntegerModel residuals = new();
    long divisor, last, meanSum;
    int weight;
    bool started;

    /// <summary>Looks at the values to come; the decoder reads what was found instead.</summary>
    internal void Choose(ReadOnlySpan<long> values)
    {
        divisor = CommonDivisor(values);
        weight = BestWeight(values[..Math.Min(values.Length, Sampled)], divisor);
    }

    /// <summary>Settings of this chunk.</summary>
    internal void CodeHeader<TCoder>(ref TCoder coder)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        residuals.Reset();
        divisor = Math.Max(1, residuals.Code(ref coder, divisor));
        weight = (int)coder.Raw((ulong)weight, 4);
        residuals.Reset();
        started = false;
    }

    internal long Code<TCoder>(ref TCoder coder, long value)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var expected = started ? Predict(last, meanSum >> MeanShift, weight) : 0;
        var step = unchecked(expected + residuals.Code(ref coder, unchecked((value / divisor) - expected)));
        meanSum = started ? unchecked(meanSum + step - (meanSum >> MeanShift)) : unchecked(step << MeanShift);
        last = step;
        started = true;
        return unchecked(step * divisor);
    }

    static long Predict(long last, long mean, int weight) => unchecked(mean + (((last - mean) * weight) >> 3));

    static long CommonDivisor(ReadOnlySpan<long> values)
    {
        ulong divisor = 0;
        foreach (var value in values)
        {
            var rest = (ulong)(value < 0 ? unchecked(-value) : value);
            if (divisor != 0 && rest % divisor == 0)
                continue;
            while (rest != 0)
                (divisor, rest) = (rest, divisor % rest);
            if (divisor == 1)
                return 1;
        }

        return divisor is 0 or > long.MaxValue ? 1 : (long)divisor;
    }

    static int BestWeight(ReadOnlySpan<long> values, long divisor)
    {
        if (values.Length < 3)
            return 8;
        Span<long> cost = stackalloc long[Weights];
        cost.Clear();
        var last = values[0] / divisor;
        var meanSum = last << MeanShift;
        foreach (var value in values[1..])
        {
            var step = value / divisor;
            for (var weight = 0; weight < Weights; weight++)
            {
                var miss = unchecked(step - Predict(last, meanSum >> MeanShift, weight));
                cost[weight] += IntegerModel.Cost(miss);
            }

            meanSum = unchecked(meanSum + step - (meanSum >> MeanShift));
            last = step;
        }

        var best = 8;
        for (var weight = 0; weight < Weights; weight++)
        {
            if (cost[weight] < cost[best])
                best = weight;
        }

        return best;
    }
}
