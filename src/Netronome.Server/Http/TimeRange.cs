using System.Globalization;

namespace Netronome.Server.Http;

/// <summary>A range of time that a request asks for.</summary>
readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset To)
{
    static readonly TimeSpan Longest = TimeSpan.FromDays(20 * 366);

    /// <summary>Reads RFC 3339 times; without them the last 24 hours.</summary>
    public static TimeRange Read(FaultList faults, string? from, string? to, DateTimeOffset now)
    {
        var end = Parse(faults, "to", to) ?? now;
        var begin = Parse(faults, "from", from) ?? end.AddDays(-1);
        if (faults.None && begin >= end)
            faults.Add("from", "out_of_range", "from must be before to.");
        else if (faults.None && end - begin > Longest)
            faults.Add("from", "out_of_range", "The range must be at most 20 years.");
        return new TimeRange(begin, end);
    }

    static DateTimeOffset? Parse(FaultList faults, string member, string? text)
    {
        if (text is null)
            return null;
        // "+" of an offset arrives as a space when the client did not escape it.
        if (DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && text.Length >= 19 && text[10] is 'T' or 't' && time.Year is >= 1971 and <= 9000)
            return time.ToUniversalTime();
        faults.Add(member, "bad_time", $"{member} is a time such as 2026-11-20T17:50:00Z.");
        return null;
    }
}
