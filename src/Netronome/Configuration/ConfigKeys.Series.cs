namespace Netronome.Configuration;

/// <summary>How long measurements are kept; ours alone.</summary>
static partial class ConfigKeys
{
    public static ConfigKey<TimeSpan> RawMaxAge { get; } = Age("raw", "Every single probe and sample", "400d");

    public static ConfigKey<long> RawMaxSize { get; } = Bytes("raw", "Every single probe and sample", "4GiB");

    public static ConfigKey<TimeSpan> MinuteMaxAge { get; } = Age("minute", "Summaries of one minute", "90d");

    public static ConfigKey<long> MinuteMaxSize { get; } = Bytes("minute", "Summaries of one minute", "2GiB");

    public static ConfigKey<TimeSpan> HourMaxAge { get; } = Age("hour", "Summaries of one hour", "730d");

    public static ConfigKey<long> HourMaxSize { get; } = Bytes("hour", "Summaries of one hour", "1GiB");

    public static ConfigKey<TimeSpan> DayMaxAge { get; } = Age("day", "Summaries of one day", "3650d");

    public static ConfigKey<long> DayMaxSize { get; } = Bytes("day", "Summaries of one day", "1GiB");

    static ConfigKey[] SeriesKeys =>
        [RawMaxAge, RawMaxSize, MinuteMaxAge, MinuteMaxSize, HourMaxAge, HourMaxSize, DayMaxAge, DayMaxSize];

    static ConfigKey<TimeSpan> Age(string tier, string what, string @default) =>
        new($"series.{tier}_max_age", $"SERIES_{tier.ToUpperInvariant()}_MAX_AGE", $"{what}: dropped when older than this.", ConfigTypes.Duration, @default)
        { Ours = true };

    static ConfigKey<long> Bytes(string tier, string what, string @default) =>
        new($"series.{tier}_max_size", $"SERIES_{tier.ToUpperInvariant()}_MAX_SIZE", $"{what}: the oldest are dropped beyond this.", ConfigTypes.Size, @default)
        { Ours = true };
}
