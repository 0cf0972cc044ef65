using System.Buffers;
using System.Globalization;
using System.Text;

namespace Netronome.Server.Scheduling;

/// <summary>
/// Lengths of time as people write them: <c>30s</c>, <c>5m</c>, <c>1h30m</c>, <c>1.5h</c>, <c>7d</c>, <c>2w</c>, <c>100ms</c>.
/// The grammar of Go's <c>time.ParseDuration</c> without signs, with days (24 h) and weeks added.
/// </summary>
public static class Duration
{
    const decimal LongestSeconds = 36_500m * 86_400m;

    static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    static readonly (string Name, decimal Seconds)[] Units =
    [
        ("w", 604_800m), ("d", 86_400m), ("h", 3_600m), ("m", 60m), ("s", 1m), ("ms", 0.001m), ("us", 0.000_001m), ("µs", 0.000_001m),
    ];

    /// <summary>Reads a positive duration; <paramref name="reason"/> says in a sentence what is wrong with a refused one.</summary>
    public static bool TryParse(string? text, out TimeSpan duration, out string reason)
    {
        duration = default;
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
            return Refuse("is empty; write for example 30s, 5m or 1h30m", out reason);
        if (rest[0] is '-' or '+')
            return Refuse("has a sign; a duration is always positive", out reason);
        var seconds = 0m;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            if (digits == 0)
                return Refuse("is not a duration; write for example 30s, 5m, 1h30m, 7d or 2w", out reason);
            if (digits < 0)
                return Refuse("has no unit; write for example 30s, 5m, 1h30m, 7d or 2w", out reason);
            // 18 digits stay far from the limits of decimal when multiplied by a week.
            if (digits > 18 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return Refuse($"has a number that cannot be read: {rest[..digits]}", out reason);
            rest = rest[digits..];
            var letters = rest.IndexOfAny(NumberCharacters);
            var unit = letters < 0 ? rest : rest[..letters];
            if (!TryFindUnit(unit, out var unitSeconds))
                return Refuse($"has the unknown unit '{Shorten(unit)}'; known are ms, s, m, h, d and w", out reason);
            seconds += number * unitSeconds;
            if (seconds > LongestSeconds)
                return Refuse("is longer than 100 years", out reason);
            rest = rest[unit.Length..];
        }
        duration = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        if (duration <= TimeSpan.Zero)
            return Refuse("is zero; a duration is always positive", out reason);
        reason = "";
        return true;
    }

    /// <summary>Writes the shortest text that <see cref="TryParse"/> reads back: <c>1h30m</c>, <c>7d</c>, <c>1.5s</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder();
        var ticks = duration.Ticks;
        foreach (var (name, unitTicks) in (ReadOnlySpan<(string, long)>)
            [("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond)])
        {
            var count = ticks / unitTicks;
            ticks -= count * unitTicks;
            if (count > 0)
                text.Append(CultureInfo.InvariantCulture, $"{count}{name}");
        }
        if (ticks > 0)
            text.Append(CultureInfo.InvariantCulture, $"{ticks / 10m:0.#}us");
        return text.Length == 0 ? "0s" : text.ToString();
    }

    static bool TryFindUnit(ReadOnlySpan<char> name, out decimal seconds)
    {
        foreach (var unit in Units)
        {
            if (name.SequenceEqual(unit.Name))
            {
                seconds = unit.Seconds;
                return true;
            }
        }
        seconds = 0;
        return false;
    }

    static string Shorten(ReadOnlySpan<char> text) => text.Length <= 12 ? text.ToString() : $"{text[..12]}…";

    static bool Refuse(string why, out string reason)
    {
        reason = why;
        return false;
    }
}
