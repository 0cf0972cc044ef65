using Microsoft.Extensions.Logging;
using Netronome.Configuration;
using Netronome.Server;
using Netronome.Server.Database;
using Netronome.Server.Logging;
using Netronome.Server.Scheduling;
using Netronome.Server.Series;

namespace Netronome.Commands;

/// <summary>From the configuration to what the server takes.</summary>
static class ServerMapping
{
    public static ServerOptions Map(NetronomeConfig config) => new()
    {
        Host = config.Get(ConfigKeys.ServerHost),
        Port = config.Get(ConfigKeys.ServerPort),
        BaseUrl = config.Get(ConfigKeys.ServerBaseUrl),
        SqlitePath = config.SqlitePath,
        Postgres = config.Get(ConfigKeys.DatabaseType) == "postgres" ? MapPostgres(config) : null,
        Whitelist = config.Get(ConfigKeys.Whitelist),
        TrustedProxies = config.Get(ConfigKeys.TrustedProxies),
        LogLevel = ReadLogLevel(config.Get(ConfigKeys.LogLevel)),
        LogFormat = ReadLogFormat(config.Get(ConfigKeys.LogFormat)),
        Zone = ReadZone(config.Get(ConfigKeys.TimeZone)),
        IperfDuration = TimeSpan.FromSeconds(config.Get(ConfigKeys.IperfDuration)),
        IperfStreams = config.Get(ConfigKeys.IperfStreams),
        IperfTimeout = TimeSpan.FromSeconds(config.Get(ConfigKeys.IperfTimeout)),
        HistoryRange = config.Get(ConfigKeys.PaginationTimeRange),
        HistoryLimit = config.Get(ConfigKeys.PaginationLimit),
        Series = SeriesStoreOptions.Default with
        {
            Raw = new(config.Get(ConfigKeys.RawMaxAge), config.Get(ConfigKeys.RawMaxSize)),
            Minute = new(config.Get(ConfigKeys.MinuteMaxAge), config.Get(ConfigKeys.MinuteMaxSize)),
            Hour = new(config.Get(ConfigKeys.HourMaxAge), config.Get(ConfigKeys.HourMaxSize)),
            Day = new(config.Get(ConfigKeys.DayMaxAge), config.Get(ConfigKeys.DayMaxSize)),
        },
    };

    public static LogFormat ReadLogFormat(string word) => word switch
    {
        "logfmt" => LogFormat.Logfmt,
        "json" => LogFormat.Json,
        "journald" => LogFormat.Journald,
        _ => LogFormat.Auto,
    };

    static PostgresOptions MapPostgres(NetronomeConfig config) => new()
    {
        Host = config.Get(ConfigKeys.DatabaseHost),
        Port = config.Get(ConfigKeys.DatabasePort),
        User = config.Get(ConfigKeys.DatabaseUser),
        Password = config.Get(ConfigKeys.DatabasePassword) is { Length: > 0 } password ? password : null,
        Database = config.Get(ConfigKeys.DatabaseName),
        SslMode = config.Get(ConfigKeys.DatabaseSslMode),
    };

    static LogLevel ReadLogLevel(string word) => word switch
    {
        "trace" => LogLevel.Trace,
        "debug" => LogLevel.Debug,
        "warn" or "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "fatal" or "panic" => LogLevel.Critical,
        _ => LogLevel.Information,
    };

    // The name was checked when the configuration was read.
    static TimeZoneInfo ReadZone(string name) => name.Length > 0 && TimeZones.TryFind(name, out var zone, out _) ? zone : TimeZoneInfo.Local;
}
