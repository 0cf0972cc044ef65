namespace Netronome.Server.Database;

/// <summary>Where PostgreSQL is; the members are those of the configuration's <c>[database]</c>.</summary>
public sealed record PostgresOptions
{
    /// <summary>Host name, address, or the directory of a Unix socket (starts with a slash).</summary>
    public required string Host { get; init; }

    /// <summary>TCP port, or the number in the socket's name.</summary>
    public int Port { get; init; } = 5432;

    /// <summary>Account.</summary>
    public required string User { get; init; }

    /// <summary>Password, or null (peer, trust, certificate).</summary>
    public string? Password { get; init; }

    /// <summary>Name of the database.</summary>
    public required string Database { get; init; }

    /// <summary>A value of libpq's <c>sslmode</c>: disable, allow, prefer, require, verify-ca or verify-full.</summary>
    public string SslMode { get; init; } = "prefer";
}
