namespace Netronome.Server;

/// <summary>Why a server did not start, or ended before it was told to.</summary>
public enum ServerFailure
{
    /// <summary>The address is in use, not of this machine, or may not be listened on.</summary>
    Listen,

    /// <summary>The database can't be used: not a database, read-only, held by another server, of a newer version, disk full.</summary>
    Database,
}

/// <summary>How a server ended.</summary>
/// <param name="Failure">Null when it stopped as it was told.</param>
/// <param name="Message">What to do, for people.</param>
public sealed record ServerResult(ServerFailure? Failure = null, string? Message = null)
{
    /// <summary>It stopped as it was told.</summary>
    public static ServerResult Stopped { get; } = new();
}
