namespace Netronome.Server.Series;

/// <summary>Resolutions kept. Stored by number.</summary>
public enum Tier : byte
{
    /// <summary>Every sample.</summary>
    Raw = 0,

    /// <summary>One bucket a minute (UTC).</summary>
    Minute = 1,

    /// <summary>One bucket an hour (UTC).</summary>
    Hour = 2,

    /// <summary>One bucket a day (UTC).</summary>
    Day = 3,
}

/// <summary>Widths of buckets and of the blocks they are stored in. A block is rewritten when samples of its span are sealed.</summary>
static class Tiers
{
    internal const int Count = 4;

    internal static readonly Tier[] Rollups = [Tier.Minute, Tier.Hour, Tier.Day];

    internal const long Second = 1_000_000, MinuteMicros = 60 * Second, HourMicros = 60 * MinuteMicros, DayMicros = 24 * HourMicros;

    /// <summary>Width of a bucket in microseconds; 0 for raw.</summary>
    internal static long BucketMicros(this Tier tier) => tier switch
    {
        Tier.Minute => MinuteMicros,
        Tier.Hour => HourMicros,
        Tier.Day => DayMicros,
        _ => 0,
    };

    /// <summary>Span of a stored block: few enough buckets to rewrite cheaply, enough to compress.</summary>
    internal static long BlockMicros(this Tier tier) => tier switch
    {
        Tier.Minute => 6 * HourMicros,
        Tier.Hour => 4 * DayMicros,
        Tier.Day => 64 * DayMicros,
        _ => 0,
    };

    /// <summary>The multiple of <paramref name="width"/> at or before <paramref name="micros"/>, also before 1970.</summary>
    internal static long Floor(long micros, long width)
    {
        var rest = micros % width;
        return rest < 0 ? micros - rest - width : micros - rest;
    }
}
