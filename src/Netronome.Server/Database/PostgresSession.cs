using Npgsql;
using NpgsqlTypes;

namespace Netronome.Server.Database;

/// <summary>Statements on one connection, inside the transaction its owner began.</summary>
sealed class PostgresSession(NpgsqlConnection connection) : ISqlSession
{
    public SqlDialect Dialect => SqlDialect.Postgres;

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params SqlValue[] arguments)
    {
        await using var command = Command(sql, arguments);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<List<T>> QueryAsync<T>(
        string sql, Func<ISqlRow, T> map, CancellationToken cancellationToken, params SqlValue[] arguments)
    {
        await using var command = Command(sql, arguments);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var row = new PostgresRow(reader);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(map(row));
        return rows;
    }

    public async Task InsertAsync(string table, string[] columns, IEnumerable<SqlValue[]> rows, CancellationToken cancellationToken)
    {
        await using var import = await connection.BeginBinaryImportAsync(
            $"COPY {table} ({string.Join(',', columns)}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellationToken);
            foreach (var value in row)
                await WriteAsync(import, value, cancellationToken);
        }

        await import.CompleteAsync(cancellationToken);
    }

    static Task WriteAsync(NpgsqlBinaryImporter import, in SqlValue value, CancellationToken cancellationToken) => value.Type switch
    {
        SqlType.Int64 => import.WriteAsync(value.Number, NpgsqlDbType.Bigint, cancellationToken),
        SqlType.Double => import.WriteAsync(value.AsDouble, NpgsqlDbType.Double, cancellationToken),
        SqlType.Text => import.WriteAsync((string)value.Reference!, NpgsqlDbType.Text, cancellationToken),
        SqlType.Bytes => import.WriteAsync((byte[])value.Reference!, NpgsqlDbType.Bytea, cancellationToken),
        _ => import.WriteNullAsync(cancellationToken),
    };

    NpgsqlCommand Command(string sql, SqlValue[] arguments)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in arguments)
        {
            command.Parameters.Add(value.Type switch
            {
                SqlType.Int64 => new NpgsqlParameter<long> { TypedValue = value.Number },
                SqlType.Double => new NpgsqlParameter<double> { TypedValue = value.AsDouble },
                SqlType.Text => new NpgsqlParameter<string> { TypedValue = (string)value.Reference!, NpgsqlDbType = NpgsqlDbType.Text },
                SqlType.Bytes => new NpgsqlParameter<byte[]> { TypedValue = (byte[])value.Reference!, NpgsqlDbType = NpgsqlDbType.Bytea },
                _ => new NpgsqlParameter { Value = DBNull.Value },
            });
        }

        return command;
    }
}

/// <summary>The current row of a PostgreSQL query.</summary>
sealed class PostgresRow(NpgsqlDataReader reader) : ISqlRow
{
    public bool IsNull(int column) => reader.IsDBNull(column);

    /// <summary>PostgreSQL gives length() as INTEGER and sum() as NUMERIC.</summary>
    public long Int64(int column) => reader.GetFieldType(column) switch
    {
        var type when type == typeof(int) => reader.GetInt32(column),
        var type when type == typeof(decimal) => (long)reader.GetDecimal(column),
        _ => reader.GetInt64(column),
    };

    public double Double(int column) => reader.GetDouble(column);

    public string Text(int column) => reader.GetString(column);

    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);
}
