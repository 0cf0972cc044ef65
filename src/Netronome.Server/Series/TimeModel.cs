namespace Netronome.Server.Series;

/// <summary>
/// Codes ascending times as a schedule and a small lateness: how many intervals since the last sample (nearly always one), and how
/// far from the tick that the samples so far suggest. Exact to the microsecond.
/// </summary>
sealed class TimeModel
{
    const int Sampled = 256;

    readonly IntegerModel slots = new();
    readonly IntegerModel lateness = new();
    long interval, tick, spread;
    bool started;

    internal void Choose(ReadOnlySpan<long> times)
    {
        interval = 1;
        if (times.Length < 2)
            return;
        var sample = times[..Math.Min(times.Length, Sampled)];
        var deltas = new long[sample.Length - 1];
        for (var index = 0; index < deltas.Length; index++)
            deltas[index] = sample[index + 1] - sample[index];
        Array.Sort(deltas);
        var median = Math.Max(1, deltas[deltas.Length / 2]);
        var whole = Math.Max(1, (long)Math.Round((double)(sample[^1] - sample[0]) / median));
        var mean = Math.Max(1, (sample[^1] - sample[0]) / whole);

        var best = long.MaxValue;
        ReadOnlySpan<long> candidates = [median, mean, Rounded(median, 1000), Rounded(median, 100_000), Rounded(median, 1_000_000), 1];
        foreach (var candidate in candidates)
        {
            var cost = Cost(sample, candidate);
            if (cost < best)
                (best, interval) = (cost, candidate);
        }
    }

    internal void CodeHeader<TCoder>(ref TCoder coder)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        slots.Reset();
        interval = Math.Max(1, slots.Code(ref coder, interval));
        slots.Reset();
        lateness.Reset();
        started = false;
    }

    internal long Code<TCoder>(ref TCoder coder, long time)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        if (!started)
        {
            started = true;
            spread = 0;
            return tick = lateness.Code(ref coder, time);
        }

        var passed = unchecked(1 + slots.Code(ref coder, unchecked(Slots(time - tick, interval) - 1)));
        var expected = unchecked(tick + (passed * interval));
        var late = lateness.Code(ref coder, unchecked(time - expected));
        tick = unchecked(expected + Correction(late, ref spread));
        return unchecked(expected + late);
    }

    static long Slots(long passed, long interval)
    {
        var (quotient, rest) = Math.DivRem(passed, interval);
        return rest > interval / 2 ? quotient + 1 : -rest > interval / 2 ? quotient - 1 : quotient;
    }

    /// <summary>The tick follows drift and typical lateness, but one late sample moves it by no more than the usual spread.</summary>
    static long Correction(long late, ref long spread)
    {
        var size = late == long.MinValue ? long.MaxValue : Math.Abs(late);
        var limit = spread / 2;
        spread += (Math.Min(size, 1L << 40) - spread) / 8;
        return Math.Clamp(late / 8, -limit - 1, limit + 1);
    }

    static long Cost(ReadOnlySpan<long> times, long interval)
    {
        var (tick, spread, cost, before) = (times[0], 0L, 0L, 1L);
        foreach (var time in times[1..])
        {
            var passed = Slots(time - tick, interval);
            var expected = tick + (passed * interval);
            cost += IntegerModel.Cost(time - expected) + (passed == before ? 0 : 16 + IntegerModel.Cost(passed));
            before = passed;
            tick = expected + Correction(time - expected, ref spread);
        }

        return cost;
    }

    static long Rounded(long value, long unit) => Math.Max(1, (value + (unit / 2)) / unit * unit);
}
