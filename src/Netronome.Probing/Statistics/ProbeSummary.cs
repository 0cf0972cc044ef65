using System.Collections.Immutable;

namespace Netronome.Probing.Statistics;

/// <summary>What the decided probes of a run come to.</summary>
/// <param name="Received">Answered in time.</param>
/// <param name="Lost">Decided as lost.</param>
/// <param name="Losses">Lost by reason; reasons that did not occur are not in it.</param>
/// <param name="Rtt">Null when nothing was answered.</param>
/// <param name="JitterNanoseconds">RFC 3550 jitter; null with fewer than two answers.</param>
/// <param name="Clock">The least trusted stamps that any answer has; null when nothing was answered.</param>
/// <param name="OwnPauses">Probes during which we paused ourselves.</param>
public sealed record ProbeSummary(
    long Received, long Lost, ImmutableSortedDictionary<Loss, long> Losses, RttSummary? Rtt, double? JitterNanoseconds, ClockSource? Clock, long OwnPauses)
{
    /// <summary>lost / (received + lost), 0 to 1; null when nothing is decided. Probes in flight and duplicates are in neither.</summary>
    public double? LossRatio => Received + Lost == 0 ? null : (double)Lost / (Received + Lost);
}
