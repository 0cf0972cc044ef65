using System.Net;
using Microsoft.Extensions.Logging;
using Netronome.Server.Database;
using Netronome.Server.Logging;
using Netronome.Server.Series;

namespace Netronome.Server;

/// <summary>Everything <c>serve</c> needs to know, already validated; the defaults are the contract's.</summary>
public sealed record ServerOptions
{
    /// <summary>Name or address to listen on.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; } = 7575;

    /// <summary>The sub-path the page is reached under, as <c>/netronome</c>; quotes and slashes around it don't matter.</summary>
    public string BaseUrl { get; init; } = "/";

    /// <summary>File of the embedded database, when <see cref="Postgres"/> is null.</summary>
    public string SqlitePath { get; init; } = "netronome.db";

    /// <summary>Where PostgreSQL is; null takes the embedded SQLite.</summary>
    public PostgresOptions? Postgres { get; init; }

    /// <summary>Clients that need no login, by their real address.</summary>
    public IReadOnlyList<IPNetwork> Whitelist { get; init; } = [];

    /// <summary>Reverse proxies whose <c>X-Forwarded-*</c> headers are believed.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>What is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>The form of log lines.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Auto;

    /// <summary>How long measurements are kept.</summary>
    public SeriesStoreOptions Series { get; init; } = SeriesStoreOptions.Default;

    /// <summary>The time zone of <c>exact:</c> schedules that name none.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Measured time of one direction of an iperf3 test that does not say.</summary>
    public TimeSpan IperfDuration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Parallel streams of an iperf3 test that does not say.</summary>
    public int IperfStreams { get; init; } = 4;

    /// <summary>How long one direction may take in all before it is given up.</summary>
    public TimeSpan IperfTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Range of the speed-test history when the request names none: <c>1d</c>, <c>3d</c>, <c>1w</c>, <c>1m</c> or <c>all</c>.</summary>
    public string HistoryRange { get; init; } = "1w";

    /// <summary>Rows of a page of the speed-test history when the request names none.</summary>
    public int HistoryLimit { get; init; } = 20;

    /// <summary>Most rows of a page of the speed-test history.</summary>
    public int HistoryMaxLimit { get; init; } = 500;

    /// <summary><see cref="BaseUrl"/> without its last slash: empty or <c>/netronome</c>.</summary>
    public string BasePath => BaseUrl.Trim('"', '\'', '/', ' ') is { Length: > 0 } path ? "/" + path : "";
}
