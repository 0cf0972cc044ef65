using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Netronome.Probing.Statistics;

/// <summary>Folds results into a <see cref="ProbeSummary"/>. Keeps 8 bytes for each answer, so that the quantiles are exact.</summary>
public sealed class ProbeFold
{
    readonly List<long> rtts = [];
    readonly long[] losses = new long[byte.MaxValue + 1];
    RttJitter jitter;
    long lost;
    long ownPauses;
    ClockSource clock;

    /// <summary>Takes one result.</summary>
    public void Add(in ProbeResult result)
    {
        if (result.DuringOwnPause)
            ownPauses++;
        if (result.Loss != Loss.None)
        {
            lost++;
            losses[(byte)result.Loss]++;
            return;
        }

        rtts.Add(result.RttNanoseconds);
        jitter = jitter.Add(result.RttNanoseconds);
        if (result.Clock > clock)
            clock = result.Clock;
    }

    /// <summary>What the results so far come to.</summary>
    public ProbeSummary Summarise() => new(
        rtts.Count,
        lost,
        Enumerable.Range(1, byte.MaxValue).Where(reason => losses[reason] > 0)
            .ToImmutableSortedDictionary(reason => (Loss)reason, reason => losses[reason]),
        RttSummary.Of(CollectionsMarshal.AsSpan(rtts)),
        rtts.Count < 2 ? null : jitter.Nanoseconds,
        rtts.Count == 0 ? null : clock,
        ownPauses);
}
