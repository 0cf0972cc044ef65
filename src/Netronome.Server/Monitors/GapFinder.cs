using Netronome.Server.Health;

namespace Netronome.Server.Monitors;

/// <summary>Tells the holes of a series apart: paused, no server, or not known why.</summary>
static class GapFinder
{
    /// <summary>
    /// The times between <paramref name="measured"/> (ascending; each covers <paramref name="width"/>) that are longer than
    /// <paramref name="tolerance"/>, split and named by what is known of them.
    /// </summary>
    public static List<Gap> Find(
        DateTimeOffset from, DateTimeOffset to, IEnumerable<DateTimeOffset> measured, TimeSpan width, TimeSpan tolerance,
        IReadOnlyList<Pause> pauses, IReadOnlyList<DownTime> downTimes)
    {
        var gaps = new List<Gap>();
        var end = from;
        foreach (var at in measured)
        {
            AddHole(end, at);
            var covered = at + width;
            end = covered > end ? covered : end;
        }

        AddHole(end, to);
        if (width > tolerance)
            AddKnown(gaps, from, to, tolerance, pauses, downTimes);
        return gaps;

        void AddHole(DateTimeOffset begin, DateTimeOffset until)
        {
            if (until - begin > tolerance)
                Name(gaps, begin, until, tolerance, pauses, downTimes, to);
        }
    }

    // A pause or a restart that is shorter than a column leaves no empty one, and is known all the same. Where the columns are
    // finer than that, the probes themselves say more exactly when nothing was measured.
    static void AddKnown(
        List<Gap> gaps, DateTimeOffset from, DateTimeOffset to, TimeSpan tolerance, IReadOnlyList<Pause> pauses,
        IReadOnlyList<DownTime> downTimes)
    {
        var known = pauses.Select(pause => new Gap(pause.From, pause.To ?? to, GapReason.Paused))
            .Concat(downTimes.Select(down => new Gap(down.From, down.To, GapReason.ServerRestarted)));
        foreach (var gap in known)
        {
            var inside = gap with { From = gap.From > from ? gap.From : from, To = gap.To < to ? gap.To : to };
            if (inside.To - inside.From > tolerance && !gaps.Exists(other => other.From < inside.To && other.To > inside.From))
                gaps.Add(inside);
        }

        gaps.Sort((one, other) => one.From.CompareTo(other.From));
    }

    static void Name(
        List<Gap> gaps, DateTimeOffset from, DateTimeOffset to, TimeSpan tolerance, IReadOnlyList<Pause> pauses,
        IReadOnlyList<DownTime> downTimes, DateTimeOffset now)
    {
        var edges = new SortedSet<DateTimeOffset> { from, to };
        foreach (var edge in pauses.SelectMany(pause => new[] { pause.From, pause.To ?? now })
                     .Concat(downTimes.SelectMany(down => new[] { down.From, down.To })))
        {
            if (edge > from && edge < to)
                edges.Add(edge);
        }

        var first = gaps.Count;
        var begin = from;
        foreach (var end in edges.Skip(1))
        {
            var middle = begin + (end - begin) / 2;
            var reason = pauses.Any(pause => pause.From <= middle && (pause.To ?? now) >= middle) ? GapReason.Paused
                : downTimes.Any(down => down.From <= middle && down.To >= middle) ? GapReason.ServerRestarted
                : GapReason.NotMeasured;
            Append(gaps, first, new Gap(begin, end, reason), tolerance);
            begin = end;
        }
    }

    // The moments between the last probe and a pause, or between a start and the first probe, belong to their neighbour.
    static void Append(List<Gap> gaps, int first, Gap gap, TimeSpan tolerance)
    {
        if (gaps.Count > first)
        {
            var before = gaps[^1];
            var isShort = gap.Reason == GapReason.NotMeasured && gap.To - gap.From <= tolerance;
            var wasShort = before.Reason == GapReason.NotMeasured && before.To - before.From <= tolerance;
            if (before.Reason == gap.Reason || isShort)
            {
                gaps[^1] = before with { To = gap.To };
                return;
            }

            if (wasShort)
            {
                gaps[^1] = gap with { From = before.From };
                return;
            }
        }

        gaps.Add(gap);
    }
}
