using System.Net;

namespace Netronome.Configuration;

/// <summary>Keys of the server itself.</summary>
static partial class ConfigKeys
{
    public static ConfigKey<string> DatabaseType { get; } = new("database.type", "DB_TYPE",
        "Where everything is stored: sqlite is one file, postgres a PostgreSQL server.", ConfigTypes.Choice("sqlite", "postgres"), "sqlite");

    public static ConfigKey<string> DatabaseHost { get; } = new("database.host", "DB_HOST",
        "PostgreSQL: host name, address, or the folder of its socket.", ConfigTypes.Filled, "localhost");

    public static ConfigKey<int> DatabasePort { get; } = new("database.port", "DB_PORT", "PostgreSQL: port.", ConfigTypes.Port, "5432");

    public static ConfigKey<string> DatabaseUser { get; } = new("database.user", "DB_USER", "PostgreSQL: user.", ConfigTypes.Filled, "postgres");

    public static ConfigKey<string> DatabasePassword { get; } = new("database.password", "DB_PASSWORD",
        "PostgreSQL: password.", ConfigTypes.Text, "") { Secret = true };

    public static ConfigKey<string> DatabaseName { get; } = new("database.dbname", "DB_NAME", "PostgreSQL: database.", ConfigTypes.Filled, "netronome");

    public static ConfigKey<string> DatabaseSslMode { get; } = new("database.sslmode", "DB_SSLMODE",
        "PostgreSQL: whether the connection is encrypted and the server's certificate checked.",
        ConfigTypes.Choice("disable", "allow", "prefer", "require", "verify-ca", "verify-full"), "disable");

    public static ConfigKey<string> DatabasePath { get; } = new("database.path", "DB_PATH",
        "SQLite: the file. A relative path starts at the folder of this file; from the variable, at the working directory.",
        ConfigTypes.Filled, "netronome.db");

    public static ConfigKey<string> ServerHost { get; } = new("server.host", "HOST",
        "Name or address to listen on; 0.0.0.0 is every IPv4 address of this machine, :: every address.", ConfigTypes.Host, "127.0.0.1");

    public static ConfigKey<int> ServerPort { get; } = new("server.port", "PORT", "TCP port to listen on.", ConfigTypes.Port, "7575");

    public static ConfigKey<string> ServerBaseUrl { get; } = new("server.base_url", "BASE_URL",
        "Path below which page and API are served, when a proxy shares the host name with other programs.", ConfigTypes.BasePath, "/");

    public static ConfigKey<IReadOnlyList<IPNetwork>> TrustedProxies { get; } = new("server.trusted_proxies", "TRUSTED_PROXIES",
        "Networks of the reverse proxies whose X-Forwarded headers are believed.", ConfigTypes.Networks, "") { Ours = true };

    public static ConfigKey<string> ExternalUrl { get; } = new("server.external_url", "EXTERNAL_URL",
        "The address people type to reach this server, for links in messages.", ConfigTypes.WebAddress, "")
    { Ours = true, Effect = ConfigEffect.Later };

    public static ConfigKey<string> TimeZone { get; } = new("server.timezone", "TIMEZONE",
        "Time zone of days, months and exact: schedules; empty is the machine's own.", ConfigTypes.Zone, "") { Ours = true };

    public static ConfigKey<string> GinMode { get; } = new("server.gin_mode", "GIN_MODE",
        "Mode of a library that only the original uses.", ConfigTypes.Choice("", "debug", "release", "test"), "")
    { Effect = ConfigEffect.Dead };

    public static ConfigKey<string> LogLevel { get; } = new("logging.level", "LOG_LEVEL", "The least severe messages that are logged.",
        ConfigTypes.Choice("trace", "debug", "info", "warn", "warning", "error", "fatal", "panic"), "info");

    public static ConfigKey<string> LogFormat { get; } = new("logging.format", "LOG_FORMAT",
        "Form of log lines; auto is journald's when the journal reads them, else logfmt.", ConfigTypes.Choice("auto", "logfmt", "json", "journald"), "auto")
    { Ours = true };

    public static ConfigKey<IReadOnlyList<IPNetwork>> Whitelist { get; } = new("auth.whitelist", "AUTH_WHITELIST",
        "Networks whose clients need no login.", ConfigTypes.Networks, "");

    public static ConfigKey<string> SessionSecret { get; } = new("session.session_secret", "SESSION_SECRET",
        "The original signs its cookies with it; sessions here are random and kept in the database.", ConfigTypes.Text, "")
    { Secret = true, Effect = ConfigEffect.Unneeded };

    public static ConfigKey<string> PaginationTimeRange { get; } = new("pagination.default_time_range", "DEFAULT_TIME_RANGE",
        "Range of the speed-test history when a request names none.", ConfigTypes.Choice("1d", "24h", "3d", "1w", "week", "1m", "month", "all"), "1w");

    public static ConfigKey<int> PaginationLimit { get; } = new("pagination.default_limit", "DEFAULT_LIMIT",
        "Rows of the speed-test history when a request names no limit.", ConfigTypes.Integer(1, 500), "20");

    static ConfigKey[] DatabaseKeys =>
        [DatabaseType, DatabaseHost, DatabasePort, DatabaseUser, DatabasePassword, DatabaseName, DatabaseSslMode, DatabasePath];

    static ConfigKey[] ServerKeys =>
    [
        ServerHost, ServerPort, ServerBaseUrl, TrustedProxies, ExternalUrl, TimeZone, GinMode,
        LogLevel, LogFormat,
        Whitelist,
        Later("oidc.issuer", "OIDC_ISSUER", "Address of the OpenID Connect provider.", ConfigTypes.WebAddress, ""),
        Later("oidc.client_id", "OIDC_CLIENT_ID", "Our name at the provider.", ConfigTypes.Text, ""),
        Later("oidc.client_secret", "OIDC_CLIENT_SECRET", "Our secret at the provider.", ConfigTypes.Text, "", secret: true),
        Later("oidc.redirect_url", "OIDC_REDIRECT_URL", "Where the provider sends people back to.", ConfigTypes.WebAddress, ""),
        new ConfigKey<IReadOnlyList<string>>("oidc.scopes", "OIDC_SCOPES", "What is asked of the provider; empty is openid and profile.", ConfigTypes.List, "")
            { Effect = ConfigEffect.Later, SplitAtBlanks = true },
        SessionSecret,
        PaginationTimeRange, PaginationLimit,
        Later("pagination.default_page", "DEFAULT_PAGE", "First page of the speed-test history when a request names none.", ConfigTypes.Integer(1, 1_000_000), "1"),
        Dead("pagination.default_page_size", "DEFAULT_PAGE_SIZE", "Rows of a page.", ConfigTypes.Integer(1, 1_000_000), "20"),
        Dead("pagination.max_page_size", "MAX_PAGE_SIZE", "Most rows of a page.", ConfigTypes.Integer(1, 1_000_000), "100"),
        Later("geoip.country_database_path", "GEOIP_COUNTRY_DATABASE_PATH", "MMDB file that knows the country of an address.", ConfigTypes.Text, ""),
        Later("geoip.asn_database_path", "GEOIP_ASN_DATABASE_PATH", "MMDB file that knows the network operator of an address.", ConfigTypes.Text, ""),
    ];

    static ConfigKey<T> Later<T>(string path, string? variable, string meaning, ConfigType<T> type, string @default, bool secret = false)
        where T : notnull => new(path, variable, meaning, type, @default) { Effect = ConfigEffect.Later, Secret = secret };

    static ConfigKey<T> Dead<T>(string path, string? variable, string meaning, ConfigType<T> type, string @default)
        where T : notnull => new(path, variable, meaning, type, @default) { Effect = ConfigEffect.Dead };

    static ConfigKey<T> Deprecated<T>(string path, string? variable, string replacement, ConfigType<T> type, string @default)
        where T : notnull =>
        new(path, variable, $"Former name of {replacement}.", type, @default) { Effect = ConfigEffect.Deprecated, Replacement = replacement };
}
