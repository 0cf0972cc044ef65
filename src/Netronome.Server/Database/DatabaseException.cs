namespace Netronome.Server.Database;

/// <summary>What a failed database means for the caller.</summary>
public enum DatabaseFault
{
    /// <summary>Not reachable now (PostgreSQL away, connection lost): try again later.</summary>
    Unavailable,

    /// <summary>Another server holds it.</summary>
    Locked,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>The file or the account may not be written.</summary>
    ReadOnly,

    /// <summary>The file is not a database, is damaged, or belongs to another program or a newer version.</summary>
    Unusable,

    /// <summary>A unique, foreign-key or not-null rule was broken.</summary>
    Constraint,

    /// <summary>The statement itself is wrong: a defect of ours.</summary>
    Statement,
}

/// <summary>A database refused or is away. The message says which and what to do.</summary>
public sealed class DatabaseException : Exception
{
    /// <summary>A fault with a sentence for the operator.</summary>
    public DatabaseException(DatabaseFault fault, string message, Exception? inner = null)
        : base(message, inner) => Fault = fault;

    /// <summary>What it means for the caller.</summary>
    public DatabaseFault Fault { get; }
}
