namespace Netronome.Server.Scheduling;

/// <summary>
/// When something runs: every so often (<c>5m</c>), or at clock times in a time zone (<c>exact:06:30,18:30</c>). Immutable; the
/// answer to <see cref="Next"/> depends on its argument alone, so a restart, a missed run or a failed run never shifts the rest.
/// </summary>
public sealed class Schedule
{
    const string ExactPrefix = "exact:";
    const int MaximumTimes = 96;

    /// <summary>The shortest interval <see cref="TryParse(string?, TimeZoneInfo, out Schedule, out string)"/> accepts.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);

    readonly TimeOnly[] times;

    Schedule(TimeSpan? every, TimeOnly[] times, TimeZoneInfo zone)
    {
        Every = every;
        this.times = times;
        Zone = zone;
    }

    /// <summary>The interval; null for clock times.</summary>
    public TimeSpan? Every { get; }

    /// <summary>The clock times, ascending; empty for an interval.</summary>
    public IReadOnlyList<TimeOnly> Times => times;

    /// <summary>The zone of the clock times; an interval does not depend on it.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>How far an interval's instants lie after whole multiples since 1970; spreads jobs of one interval.</summary>
    public TimeSpan Phase { get; private init; }

    /// <summary>Each run is put off by a part of this, at random but always the same for the same run and seed.</summary>
    public TimeSpan Jitter { get; private init; }

    ulong JitterSeed { get; init; }

    /// <summary>Reads a schedule with the shortest interval allowed.</summary>
    public static bool TryParse(string? text, TimeZoneInfo zone, out Schedule schedule, out string reason) =>
        TryParse(text, zone, ShortestInterval, out schedule, out reason);

    /// <summary>Reads a schedule; <paramref name="reason"/> says in a sentence why one is refused.</summary>
    public static bool TryParse(string? text, TimeZoneInfo zone, TimeSpan shortest, out Schedule schedule, out string reason)
    {
        schedule = Never;
        var trimmed = text?.Trim() ?? "";
        if (trimmed.StartsWith(ExactPrefix, StringComparison.Ordinal))
            return TryParseTimes(trimmed[ExactPrefix.Length..], zone, out schedule, out reason);
        if (!Duration.TryParse(trimmed, out var every, out reason))
            return false;
        if (every < shortest)
        {
            reason = $"is shorter than the {Duration.Format(shortest)} allowed here";
            return false;
        }
        schedule = new(every, [], zone);
        return true;
    }

    /// <summary>Every <paramref name="interval"/>.</summary>
    public static Schedule Each(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return new(interval, [], TimeZoneInfo.Utc);
    }

    /// <summary>The same schedule with an interval's instants moved by a fraction of it that follows from <paramref name="seed"/>.</summary>
    public Schedule WithPhase(ulong seed) =>
        new(Every, times, Zone) { Jitter = Jitter, JitterSeed = JitterSeed, Phase = Every is { } every ? Part(every, SplitMix.Mix(seed)) : default };

    /// <summary>
    /// The same schedule with every run put off by up to <paramref name="maximum"/> (less than half an interval, so that runs keep
    /// their order), following from <paramref name="seed"/> and the run's planned time.
    /// </summary>
    public Schedule WithJitter(TimeSpan maximum, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, TimeSpan.Zero);
        var bounded = Every is { } every && maximum > every / 2 ? every / 2 : maximum;
        return new(Every, times, Zone) { Phase = Phase, Jitter = bounded, JitterSeed = seed };
    }

    /// <summary>The first instant after <paramref name="after"/>, in UTC.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        // A run planned up to one jitter earlier may still lie ahead.
        var planned = NextPlanned(after - Jitter);
        for (; ; planned = NextPlanned(planned))
        {
            var instant = planned + Delay(planned);
            if (instant > after)
                return instant;
        }
    }

    /// <summary>The text that <see cref="TryParse(string?, TimeZoneInfo, out Schedule, out string)"/> reads back.</summary>
    public override string ToString() =>
        Every is { } every ? Duration.Format(every) : $"{ExactPrefix}{string.Join(',', times.Select(time => $"{time:HH\\:mm}"))}";

    static Schedule Never { get; } = new(TimeSpan.FromDays(36_500), [], TimeZoneInfo.Utc);

    DateTimeOffset NextPlanned(DateTimeOffset after) => Every is { } every ? NextMultiple(after, every) : NextTime(after);

    DateTimeOffset NextMultiple(DateTimeOffset after, TimeSpan every)
    {
        var since = (after - DateTimeOffset.UnixEpoch).Ticks - Phase.Ticks;
        // Floor, also before 1970 and before the first phase.
        var index = Math.DivRem(since, every.Ticks, out var rest) - (rest < 0 ? 1 : 0);
        return DateTimeOffset.UnixEpoch + TimeSpan.FromTicks((index + 1) * every.Ticks + Phase.Ticks);
    }

    DateTimeOffset NextTime(DateTimeOffset after)
    {
        var day = DateOnly.FromDateTime((after + Zone.GetUtcOffset(after)).DateTime).AddDays(-1);
        // Today's, tomorrow's, and yesterday's that a change of the clock has carried past midnight.
        for (; ; day = day.AddDays(1))
        {
            DateTimeOffset? first = null;
            foreach (var time in times)
            {
                var instant = TimeZones.Resolve(day.ToDateTime(time), Zone);
                if (instant > after && (first is null || instant < first))
                    first = instant;
            }
            if (first is { } found)
                return found;
        }
    }

    TimeSpan Delay(DateTimeOffset planned) =>
        Jitter == TimeSpan.Zero ? TimeSpan.Zero : Part(Jitter, SplitMix.Mix(JitterSeed ^ (ulong)planned.UtcTicks));

    // The upper 53 bits as a fraction in [0, 1).
    static TimeSpan Part(TimeSpan whole, ulong random) => TimeSpan.FromTicks((long)(whole.Ticks * ((random >> 11) * (1.0 / (1UL << 53)))));

    static bool TryParseTimes(string list, TimeZoneInfo zone, out Schedule schedule, out string reason)
    {
        schedule = Never;
        var parts = list.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length > MaximumTimes)
        {
            reason = $"has more than {MaximumTimes} times";
            return false;
        }
        var times = new SortedSet<TimeOnly>();
        foreach (var part in parts)
        {
            if (!TryParseTime(part, out var time))
            {
                reason = $"has a time that is not HH:MM: '{(part.Length <= 12 ? part : part[..12] + "…")}'";
                return false;
            }
            times.Add(time);
        }
        schedule = new(null, [.. times], zone);
        reason = "";
        return true;
    }

    // "7:05" is read as people write it; "24:00" and "7:5" are not times.
    static bool TryParseTime(string text, out TimeOnly time)
    {
        time = default;
        if (text is not ([>= '0' and <= '9', ':', >= '0' and <= '9', >= '0' and <= '9']
            or [>= '0' and <= '9', >= '0' and <= '9', ':', >= '0' and <= '9', >= '0' and <= '9']))
            return false;
        var hour = text.Length == 4 ? text[0] - '0' : (text[0] - '0') * 10 + text[1] - '0';
        var minute = (text[^2] - '0') * 10 + text[^1] - '0';
        if (hour > 23 || minute > 59)
            return false;
        time = new TimeOnly(hour, minute);
        return true;
    }
}
