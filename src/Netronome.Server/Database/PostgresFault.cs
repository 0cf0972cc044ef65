using System.Net.Sockets;
using Npgsql;

namespace Netronome.Server.Database;

/// <summary>Npgsql's exceptions as faults with a sentence that says what to do (SQLSTATE: PostgreSQL manual, appendix A).</summary>
sealed class PostgresFault(string place)
{
    internal string Place { get; } = place;

    /// <summary>Null for what is not the database's: cancellation, defects, the work's own exceptions.</summary>
    internal DatabaseException? Describe(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        PostgresException refused => Describe(refused),
        NpgsqlException or SocketException or IOException or TimeoutException or OperationCanceledException => new(
            DatabaseFault.Unavailable, $"PostgreSQL {Place} does not answer ({Innermost(exception)}).", exception),
        // Npgsql says so when a connection broke between two statements.
        InvalidOperationException when exception.Source == "Npgsql" => new(
            DatabaseFault.Unavailable, $"The connection to PostgreSQL {Place} was lost ({exception.Message}).", exception),
        _ => null,
    };

    DatabaseException Describe(PostgresException refused) => refused.SqlState switch
    {
        ['2', '3', ..] => new(DatabaseFault.Constraint, refused.MessageText, refused),
        PostgresErrorCodes.DiskFull => new(
            DatabaseFault.DiskFull, $"The disk of PostgreSQL {Place} is full. Free space; writing goes on by itself.", refused),
        PostgresErrorCodes.ReadOnlySqlTransaction => new(
            DatabaseFault.ReadOnly, $"PostgreSQL {Place} is read-only (a standby?). Name the primary.", refused),
        PostgresErrorCodes.InsufficientPrivilege => new(
            DatabaseFault.ReadOnly, $"The account may not use PostgreSQL {Place} so ({refused.MessageText}).", refused),
        ['2', '8', ..] or PostgresErrorCodes.InvalidCatalogName => new(
            DatabaseFault.Unavailable, $"PostgreSQL {Place} refused the login ({refused.MessageText}).", refused),
        // Connection lost, server shutting down or starting, too many clients, serialization, deadlock, out of resources.
        ['0', '8', ..] or ['5', '7', 'P', ..] or ['4', '0', ..] or ['5', '3', ..] or ['5', '8', ..] or ['X', 'X', ..] => new(
            DatabaseFault.Unavailable, $"PostgreSQL {Place}: {refused.MessageText}.", refused),
        _ => new(DatabaseFault.Statement, $"{refused.MessageText} (PostgreSQL {refused.SqlState})", refused),
    };

    static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;
        return exception.Message;
    }
}
