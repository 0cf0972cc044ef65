namespace Netronome.Server.Database;

/// <summary>Statements on a connection, already on its thread, so every task is complete when it is returned.</summary>
sealed class SqliteSession(SqliteConnection connection) : ISqlSession
{
    public SqlDialect Dialect => SqlDialect.Sqlite;

    public Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params SqlValue[] arguments)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Query(sql, static _ => 0, arguments);
        return Task.FromResult(connection.Changes);
    }

    public Task<List<T>> QueryAsync<T>(
        string sql, Func<ISqlRow, T> map, CancellationToken cancellationToken, params SqlValue[] arguments)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(connection.Query(sql, map, arguments));
    }

    public Task InsertAsync(string table, string[] columns, IEnumerable<SqlValue[]> rows, CancellationToken cancellationToken)
    {
        var places = string.Join(',', Enumerable.Range(1, columns.Length).Select(number => $"${number}"));
        var statement = connection.Prepare($"INSERT INTO {table} ({string.Join(',', columns)}) VALUES ({places})");
        try
        {
            foreach (var row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                statement.Bind(row);
                statement.Step();
                statement.Reset();
            }
        }
        finally
        {
            statement.Reset();
        }

        return Task.CompletedTask;
    }
}
