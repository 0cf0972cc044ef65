using System.Text.RegularExpressions;

namespace Netronome.Server.Scheduling;

/// <summary>Time zones by their IANA name, from the operating system's tzdata.</summary>
public static partial class TimeZones
{
    /// <summary>Finds a zone; <paramref name="reason"/> tells an unknown name from a machine without tzdata.</summary>
    public static bool TryFind(string? name, out TimeZoneInfo zone, out string reason)
    {
        zone = TimeZoneInfo.Utc;
        reason = "";
        if (name is "UTC" or "Etc/UTC")
            return true;
        // The name becomes a path below /usr/share/zoneinfo: nothing but names may pass.
        if (name is null || name.Length > 64 || !Name().IsMatch(name))
        {
            reason = "is not the name of a time zone; write for example Europe/Oslo or UTC";
            return false;
        }
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found))
        {
            zone = found;
            return true;
        }
        reason = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out _)
            ? "is not a time zone this machine knows; write for example Europe/Oslo or UTC"
            : "cannot be looked up: this machine has no time zone data; install the package tzdata";
        return false;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    /// <summary>
    /// The instant at which a wall clock in <paramref name="zone"/> shows <paramref name="local"/>: the first of the two when the
    /// clock shows it twice, the first instant after the gap when the clock jumps over it.
    /// </summary>
    public static DateTimeOffset Resolve(DateTime local, TimeZoneInfo zone)
    {
        // Offsets lie within −14…+14 h, so a day either way is on the other side of a change that touches this clock time.
        var clock = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var before = new DateTimeOffset(clock) - TimeSpan.FromHours(24);
        var after = new DateTimeOffset(clock) + TimeSpan.FromHours(24);
        var (offsetBefore, offsetAfter) = (zone.GetUtcOffset(before), zone.GetUtcOffset(after));
        // The larger offset gives the earlier instant.
        var (larger, smaller) = offsetBefore >= offsetAfter ? (offsetBefore, offsetAfter) : (offsetAfter, offsetBefore);
        foreach (var offset in (ReadOnlySpan<TimeSpan>)[larger, smaller])
        {
            var instant = new DateTimeOffset(clock) - offset;
            if (zone.GetUtcOffset(instant) == offset)
                return instant;
        }
        return FindChange(before, after, offsetBefore, zone);
    }

    // Halves until the first second with another offset is found.
    static DateTimeOffset FindChange(DateTimeOffset before, DateTimeOffset after, TimeSpan offsetBefore, TimeZoneInfo zone)
    {
        var (low, high) = (before.ToUnixTimeSeconds(), after.ToUnixTimeSeconds());
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle)) == offsetBefore)
                low = middle;
            else
                high = middle;
        }
        return DateTimeOffset.FromUnixTimeSeconds(high);
    }
}
