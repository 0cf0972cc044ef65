using System.Runtime.InteropServices;

namespace Netronome.Server.Series;

/// <summary>Folds samples into the buckets of every tier: minutes from samples, hours from minutes, days from hours.</summary>
static class Rollup
{
    /// <summary>Minutes of probes ascending in time.</summary>
    internal static List<ProbeBucket> Probes(ReadOnlySpan<long> at, ReadOnlySpan<long> bits)
    {
        List<ProbeBucket> minutes = [];
        for (var index = 0; index < at.Length; index++)
            BucketAt(minutes, at[index]).AddSample(bits[index]);
        return minutes;
    }

    /// <summary>Minutes of a gauge ascending in time.</summary>
    internal static List<GaugeBucket> Gauges(ReadOnlySpan<long> at, ReadOnlySpan<long> bits)
    {
        List<GaugeBucket> minutes = [];
        for (var index = 0; index < at.Length; index++)
            BucketAt(minutes, at[index]).AddSample(at[index], BitConverter.Int64BitsToDouble(bits[index]));
        return minutes;
    }

    /// <summary>
    /// Minutes of a counter ascending in time. Growth is counted from the newest sample sealed before; samples older than that (late
    /// ones) are part of a difference that is already counted, so they add none.
    /// </summary>
    internal static List<CounterBucket> Counters(ReadOnlySpan<long> at, ReadOnlySpan<long> bits, long lastAt, long lastBits)
    {
        List<CounterBucket> minutes = [];
        ulong? before = lastAt == long.MinValue ? null : (ulong)lastBits;
        for (var index = 0; index < at.Length; index++)
        {
            var bucket = BucketAt(minutes, at[index]);
            if (at[index] < lastAt)
            {
                bucket.Count++;
                continue;
            }

            bucket.AddSample(before, (ulong)bits[index]);
            before = (ulong)bits[index];
        }

        return minutes;
    }

    /// <summary>Wider buckets from narrower ones.</summary>
    internal static List<TBucket> Widen<TBucket>(List<TBucket> buckets, long width)
        where TBucket : class, IBucket<TBucket>
    {
        List<TBucket> wide = [];
        foreach (var bucket in buckets)
        {
            var start = Tiers.Floor(bucket.StartMicros, width);
            if (wide.Count == 0 || wide[^1].StartMicros != start)
                wide.Add(TBucket.Create(start));
            wide[^1].Merge(bucket);
        }

        return wide;
    }

    /// <summary>Both lists, ascending, as one; buckets of the same span become one.</summary>
    internal static List<TBucket> Merge<TBucket>(List<TBucket> stored, ReadOnlySpan<TBucket> added)
        where TBucket : class, IBucket<TBucket>
    {
        var merged = new List<TBucket>(stored.Count + added.Length);
        var old = CollectionsMarshal.AsSpan(stored);
        while (!old.IsEmpty || !added.IsEmpty)
        {
            if (added.IsEmpty || (!old.IsEmpty && old[0].StartMicros < added[0].StartMicros))
            {
                merged.Add(old[0]);
                old = old[1..];
                continue;
            }

            if (!old.IsEmpty && old[0].StartMicros == added[0].StartMicros)
            {
                old[0].Merge(added[0]);
                merged.Add(old[0]);
                old = old[1..];
            }
            else
            {
                merged.Add(added[0]);
            }

            added = added[1..];
        }

        return merged;
    }

    static TBucket BucketAt<TBucket>(List<TBucket> minutes, long at)
        where TBucket : class, IBucket<TBucket>
    {
        var last = minutes.Count == 0 ? null : minutes[^1];
        if (last is not null && at - last.StartMicros < Tiers.MinuteMicros)
            return last;
        minutes.Add(TBucket.Create(Tiers.Floor(at, Tiers.MinuteMicros)));
        return minutes[^1];
    }
}
