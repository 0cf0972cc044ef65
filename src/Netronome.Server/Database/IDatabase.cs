namespace Netronome.Server.Database;

/// <summary>Which SQL a database speaks. Statements are written once for both where they can be.</summary>
public enum SqlDialect
{
    /// <summary>The operating system's SQLite, embedded, WAL.</summary>
    Sqlite,

    /// <summary>PostgreSQL 13 or later.</summary>
    Postgres,
}

/// <summary>
/// Where the server keeps its state: SQLite embedded or PostgreSQL. The one seam between slices and a database.
/// Parameters are positional (<c>$1</c>, <c>$2</c>), times are <c>BIGINT</c> microseconds UTC, truth is <c>BIGINT</c> 0 or 1,
/// bytes are <c>BLOB</c>/<c>BYTEA</c>, so that one statement serves both dialects.
/// </summary>
/// <exception cref="DatabaseException">Thrown by every member when the database refuses or is away; see its reason.</exception>
public interface IDatabase : IAsyncDisposable
{
    /// <summary>The SQL spoken here.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Whether it answers, and since when.</summary>
    DatabaseWatch Watch { get; }

    /// <summary>Bytes on disk, or null where the database does not say.</summary>
    Task<long?> SizeAsync(CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> on a snapshot; it must not write.</summary>
    Task<T> ReadAsync<T>(Func<ISqlSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction. When the task completes, the change survives kill -9 and power loss;
    /// when it throws, nothing has changed.
    /// </summary>
    Task<T> WriteAsync<T>(Func<ISqlSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken);
}

/// <summary>Statements inside one <see cref="IDatabase.ReadAsync"/> or <see cref="IDatabase.WriteAsync"/>.</summary>
public interface ISqlSession
{
    /// <summary>The SQL spoken here.</summary>
    SqlDialect Dialect { get; }

    /// <summary>Runs a statement and returns the number of rows it changed.</summary>
    Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params SqlValue[] arguments);

    /// <summary>Runs a query and maps every row.</summary>
    Task<List<T>> QueryAsync<T>(string sql, Func<ISqlRow, T> map, CancellationToken cancellationToken, params SqlValue[] arguments);

    /// <summary>Inserts many rows the fastest way the database has (prepared statement; COPY).</summary>
    Task InsertAsync(string table, string[] columns, IEnumerable<SqlValue[]> rows, CancellationToken cancellationToken);
}

/// <summary>The current row of a query; columns count from 0.</summary>
public interface ISqlRow
{
    /// <summary>Whether the column is NULL.</summary>
    bool IsNull(int column);

    /// <summary>A whole number.</summary>
    long Int64(int column);

    /// <summary>A double.</summary>
    double Double(int column);

    /// <summary>Text.</summary>
    string Text(int column);

    /// <summary>Bytes.</summary>
    byte[] Bytes(int column);
}

/// <summary>What every slice wants of a row beyond the raw columns.</summary>
public static class SqlRowExtensions
{
    /// <summary>0 or 1 as truth.</summary>
    public static bool Truth(this ISqlRow row, int column) => row.Int64(column) != 0;

    /// <summary>Stored microseconds as UTC.</summary>
    public static DateTimeOffset Time(this ISqlRow row, int column) =>
        Series.UnixMicros.FromUnixTimeMicroseconds(row.Int64(column));

    /// <summary>Stored microseconds as UTC, or null.</summary>
    public static DateTimeOffset? TimeOrNull(this ISqlRow row, int column) => row.IsNull(column) ? null : row.Time(column);

    /// <summary>Text, or null.</summary>
    public static string? TextOrNull(this ISqlRow row, int column) => row.IsNull(column) ? null : row.Text(column);

    /// <summary>A double, or null.</summary>
    public static double? DoubleOrNull(this ISqlRow row, int column) => row.IsNull(column) ? null : row.Double(column);

    /// <summary>A whole number, or null.</summary>
    public static long? Int64OrNull(this ISqlRow row, int column) => row.IsNull(column) ? null : row.Int64(column);
}
