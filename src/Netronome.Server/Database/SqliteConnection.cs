using System.Runtime.InteropServices;
using System.Text;
using static Netronome.Server.Database.SqliteNative;

namespace Netronome.Server.Database;

/// <summary>One connection with its prepared statements; used by one thread at a time.</summary>
sealed unsafe class SqliteConnection : IDisposable
{
    /// <summary>More different statements than this are not kept prepared.</summary>
    const int MaxPrepared = 256;

    readonly Dictionary<string, SqliteStatement> prepared = [];
    readonly string path;
    nint handle;

    internal SqliteConnection(string path, int flags)
    {
        this.path = path;
        var result = sqlite3_open_v2(path, out handle, flags | OpenNoMutex, 0);
        if (result == Ok)
            return;
        var exception = Fault(result);
        Dispose();
        throw exception;
    }

    internal int Changes => sqlite3_changes(handle);

    /// <summary>Whether a transaction is open; SQLite itself rolls back after some faults (full disk, I/O).</summary>
    internal bool InTransaction => sqlite3_get_autocommit(handle) == 0;

    internal void SetBusyTimeout(TimeSpan limit) =>
        _ = sqlite3_busy_timeout(handle, (int)limit.TotalMilliseconds);

    /// <summary>A prepared statement, reset and without arguments.</summary>
    internal SqliteStatement Prepare(string sql)
    {
        if (prepared.TryGetValue(sql, out var statement))
            return statement;
        if (prepared.Count >= MaxPrepared)
            Forget();
        return prepared[sql] = new SqliteStatement(this, handle, sql);
    }

    internal void Execute(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            while (statement.Step())
            {
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    internal List<T> Query<T>(string sql, Func<ISqlRow, T> map, params ReadOnlySpan<SqlValue> arguments)
    {
        var statement = Prepare(sql);
        try
        {
            statement.Bind(arguments);
            List<T> rows = [];
            while (statement.Step())
                rows.Add(map(statement));
            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }

    internal DatabaseException Fault(int result)
    {
        var text = handle == 0 ? "out of memory" : Marshal.PtrToStringUTF8(sqlite3_errmsg(handle)) ?? "";
        var systemError = handle == 0 ? 0 : sqlite3_system_errno(handle);
        return SqliteFault.Describe(path, result, systemError, text);
    }

    public void Dispose()
    {
        Forget();
        if (handle != 0)
            _ = sqlite3_close_v2(handle);
        handle = 0;
    }

    void Forget()
    {
        foreach (var statement in prepared.Values)
            statement.Dispose();
        prepared.Clear();
    }
}

/// <summary>A prepared statement; while it steps it is the current row.</summary>
sealed unsafe class SqliteStatement : ISqlRow, IDisposable
{
    const uint PreparePersistent = 1;
    static readonly byte[] Empty = [0];

    readonly SqliteConnection connection;
    readonly int[] argumentOf;
    nint handle;

    internal SqliteStatement(SqliteConnection connection, nint database, string sql)
    {
        this.connection = connection;
        var text = Encoding.UTF8.GetBytes(sql + "\0");
        int result;
        fixed (byte* start = text)
            result = sqlite3_prepare_v3(database, start, text.Length, PreparePersistent, out handle, out _);
        if (result != Ok)
            throw connection.Fault(result);

        // SQLite numbers "$2" by its first appearance; the digits say which argument it is.
        argumentOf = new int[sqlite3_bind_parameter_count(handle)];
        for (var index = 0; index < argumentOf.Length; index++)
        {
            var name = Marshal.PtrToStringUTF8(sqlite3_bind_parameter_name(handle, index + 1)) ?? "";
            argumentOf[index] = int.TryParse(name.AsSpan(Math.Min(1, name.Length)), out var number) && number > 0
                ? number - 1
                : throw new DatabaseException(DatabaseFault.Statement, $"Parameter '{name}' is not of the form $1: {sql}");
        }
    }

    internal void Bind(ReadOnlySpan<SqlValue> arguments)
    {
        for (var index = 0; index < argumentOf.Length; index++)
        {
            if (argumentOf[index] >= arguments.Length)
                throw new DatabaseException(DatabaseFault.Statement, $"Argument {argumentOf[index] + 1} of a statement is missing.");
            var result = Bind(index + 1, arguments[argumentOf[index]]);
            if (result != Ok)
                throw connection.Fault(result);
        }
    }

    /// <summary>True with a row, false at the end.</summary>
    internal bool Step() => sqlite3_step(handle) switch
    {
        Row => true,
        Done => false,
        var result => throw connection.Fault(result),
    };

    internal void Reset()
    {
        _ = sqlite3_reset(handle);
        if (argumentOf.Length > 0)
            _ = sqlite3_clear_bindings(handle);
    }

    public bool IsNull(int column) => sqlite3_column_type(handle, column) == TypeNull;

    public long Int64(int column) => sqlite3_column_int64(handle, column);

    public double Double(int column) => sqlite3_column_double(handle, column);

    public string Text(int column)
    {
        var text = sqlite3_column_text(handle, column);
        return text == null ? "" : Encoding.UTF8.GetString(text, sqlite3_column_bytes(handle, column));
    }

    public byte[] Bytes(int column)
    {
        var bytes = sqlite3_column_blob(handle, column);
        return bytes == null ? [] : new ReadOnlySpan<byte>(bytes, sqlite3_column_bytes(handle, column)).ToArray();
    }

    public void Dispose()
    {
        _ = sqlite3_finalize(handle);
        handle = 0;
    }

    int Bind(int index, in SqlValue value)
    {
        switch (value.Type)
        {
            case SqlType.Int64:
                return sqlite3_bind_int64(handle, index, value.Number);
            case SqlType.Double:
                return sqlite3_bind_double(handle, index, value.AsDouble);
            case SqlType.Text:
                var text = Encoding.UTF8.GetBytes((string)value.Reference!);
                fixed (byte* start = text.Length == 0 ? Empty : text)
                    return sqlite3_bind_text(handle, index, start, text.Length, Transient);
            case SqlType.Bytes:
                var bytes = (byte[])value.Reference!;
                fixed (byte* start = bytes.Length == 0 ? Empty : bytes)
                    return sqlite3_bind_blob(handle, index, start, bytes.Length, Transient);
            default:
                return sqlite3_bind_null(handle, index);
        }
    }
}
