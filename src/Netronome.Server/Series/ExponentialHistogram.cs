namespace Netronome.Server.Series;

/// <summary>
/// Counts of durations in exponential buckets, as Prometheus native histograms of schema 4 in seconds: bucket <c>i</c> holds values in
/// (2^((i-1)/16), 2^(i/16)]. Adding two of them is exact, so a percentile of a week is as true as one of a minute.
/// </summary>
sealed class ExponentialHistogram
{
    internal const int Schema = 4, PerDoubling = 1 << Schema;
    const double SecondsPerNanosecond = 1e-9;

    static readonly double[] Bounds = [.. Enumerable.Range(0, PerDoubling).Select(step => Math.Pow(2, step / (double)PerDoubling))];

    int[] indexes = new int[4];
    long[] counts = new long[4];

    /// <summary>Buckets that are not empty.</summary>
    internal int Length { get; private set; }

    internal ReadOnlySpan<int> Indexes => indexes.AsSpan(0, Length);

    internal ReadOnlySpan<long> Counts => counts.AsSpan(0, Length);

    /// <summary>Bucket of a duration; durations of 0 (finer than the clock) share the bucket of 1 ns.</summary>
    internal static int IndexOf(long nanoseconds)
    {
        var seconds = Math.Max(1, nanoseconds) * SecondsPerNanosecond;
        var bits = BitConverter.DoubleToInt64Bits(seconds);
        var exponent = (int)(bits >> 52) - 1023;
        var fraction = BitConverter.Int64BitsToDouble((bits & 0xf_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000);
        int low = 0, high = PerDoubling;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Bounds[middle] < fraction)
                low = middle + 1;
            else
                high = middle;
        }

        return (exponent * PerDoubling) + low;
    }

    /// <summary>Upper bound of a bucket in nanoseconds; the lower is that of the bucket before.</summary>
    internal static double UpperNanoseconds(int index) =>
        Bounds[index & (PerDoubling - 1)] * Math.ScaleB(1 / SecondsPerNanosecond, index >> Schema);

    internal void Add(int index, long count)
    {
        var place = Length == 0 || indexes[Length - 1] < index ? ~Length : Array.BinarySearch(indexes, 0, Length, index);
        if (place >= 0)
        {
            counts[place] += count;
            return;
        }

        place = ~place;
        if (Length == indexes.Length)
        {
            Array.Resize(ref indexes, Length * 2);
            Array.Resize(ref counts, Length * 2);
        }

        Array.Copy(indexes, place, indexes, place + 1, Length - place);
        Array.Copy(counts, place, counts, place + 1, Length - place);
        (indexes[place], counts[place]) = (index, count);
        Length++;
    }

    internal void Add(ExponentialHistogram other)
    {
        for (var index = 0; index < other.Length; index++)
            Add(other.indexes[index], other.counts[index]);
    }

    /// <summary>
    /// The value at <paramref name="ratio"/> of all, in nanoseconds: interpolated exponentially inside its bucket, never outside
    /// the least and greatest value seen. Same rank as the exact quantile: (n-1)·ratio.
    /// </summary>
    internal double Quantile(double ratio, long total, long least, long greatest)
    {
        var rank = (total - 1) * ratio;
        long before = 0;
        for (var index = 0; index < Length; index++)
        {
            if (rank < before + counts[index])
            {
                var lower = Math.Max(UpperNanoseconds(indexes[index] - 1), Math.Max(least, 1));
                var upper = Math.Min(UpperNanoseconds(indexes[index]), greatest);
                if (upper <= lower)
                    return Math.Clamp(upper, least, greatest);
                var part = counts[index] == 1 ? 0.5 : (rank - before) / (counts[index] - 1);
                return Math.Clamp(lower * Math.Pow(upper / lower, Math.Clamp(part, 0, 1)), least, greatest);
            }

            before += counts[index];
        }

        return greatest;
    }
}
