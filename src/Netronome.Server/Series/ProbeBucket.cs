namespace Netronome.Server.Series;

/// <summary>Probes of a span. Everything but the spread is exact under merging; the spread is kept to 0.1 %.</summary>
sealed class ProbeBucket(long startMicros) : IBucket<ProbeBucket>
{
    /// <summary>Reasons are one byte (see <see cref="Probing.Loss"/>); allocated with the first loss.</summary>
    internal const int Reasons = 256;

    public long StartMicros { get; } = startMicros;

    internal long Sent { get; set; }

    internal long[]? LostByReason { get; private set; }

    internal long Lost { get; private set; }

    internal long Answered => Sent - Lost;

    internal long MinNs { get; set; } = long.MaxValue;

    internal long MaxNs { get; set; } = long.MinValue;

    internal long SumNs { get; set; }

    /// <summary>Sum of squared differences to the mean, ns².</summary>
    internal double SquaresNs { get; set; }

    internal ExponentialHistogram Histogram { get; } = new();

    public static ProbeBucket Create(long startMicros) => new(startMicros);

    internal void AddSample(long bits)
    {
        if (bits < 0)
        {
            AddLost((int)-bits & 0xff, 1);
            Sent++;
            return;
        }

        // Welford's step keeps the spread stable where the sum of squares would cancel.
        var before = Answered == 0 ? bits : (double)SumNs / Answered;
        Sent++;
        SumNs += bits;
        SquaresNs += (bits - before) * (bits - ((double)SumNs / Answered));
        MinNs = Math.Min(MinNs, bits);
        MaxNs = Math.Max(MaxNs, bits);
        Histogram.Add(ExponentialHistogram.IndexOf(bits), 1);
    }

    internal void AddLost(int reason, long count)
    {
        (LostByReason ??= new long[Reasons])[reason] += count;
        Lost += count;
    }

    public void Merge(ProbeBucket other)
    {
        if (other.Answered > 0)
        {
            if (Answered > 0)
            {
                var apart = ((double)other.SumNs / other.Answered) - ((double)SumNs / Answered);
                SquaresNs += apart * apart * Answered * other.Answered / (Answered + other.Answered);
            }

            SquaresNs += other.SquaresNs;
            SumNs += other.SumNs;
            MinNs = Math.Min(MinNs, other.MinNs);
            MaxNs = Math.Max(MaxNs, other.MaxNs);
            Histogram.Add(other.Histogram);
        }

        Sent += other.Sent;
        for (var reason = 0; other.Lost > 0 && reason < Reasons; reason++)
        {
            if (other.LostByReason![reason] is > 0 and var count)
                AddLost(reason, count);
        }
    }
}
