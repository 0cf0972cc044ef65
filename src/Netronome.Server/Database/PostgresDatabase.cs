using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Netronome.Server.Database;

/// <summary>
/// PostgreSQL 13 or later. Opens also while the server is away and finds it again by itself; meanwhile every call fails at once with
/// <see cref="DatabaseFault.Unavailable"/>. Writes go one after another over one connection that also holds an advisory lock, so
/// that a second server on the same database is refused. <c>synchronous_commit</c> is on whatever the server's default is.
/// </summary>
public sealed partial class PostgresDatabase : IDatabase
{
    /// <summary>"netronom" as a number: the advisory lock of the one writing server.</summary>
    const long WriterLock = 0x6e6574726f6e6f6d;

    const int MaxReaders = 8;
    static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100), LastRetry = TimeSpan.FromSeconds(5);

    /// <summary>A killed server's session may live on for a moment before PostgreSQL notices.</summary>
    static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(3);

    readonly SemaphoreSlim writing = new(1, 1);
    readonly CancellationTokenSource stopping = new();
    readonly NpgsqlDataSource source;
    readonly PostgresFault fault;
    readonly TimeProvider time;
    readonly ILogger logger;
    NpgsqlConnection? writer;
    Task reconnecting = Task.CompletedTask;

    PostgresDatabase(PostgresOptions options, TimeProvider time, ILogger logger)
    {
        (this.time, this.logger) = (time, logger);
        var builder = new NpgsqlSlimDataSourceBuilder
        {
            ConnectionStringBuilder =
            {
                Host = options.Host,
                Port = options.Port,
                Username = options.User,
                Password = options.Password,
                Database = options.Database,
                SslMode = ParseSslMode(options.SslMode),
                ApplicationName = "netronome",
                Options = "-c synchronous_commit=on -c TimeZone=UTC",
                Timeout = 5,
                CommandTimeout = 60,
                KeepAlive = 10,
                MaxPoolSize = MaxReaders + 1,
                MaxAutoPrepare = 64,
                AutoPrepareMinUsages = 2,
            },
        };
        builder.EnableTransportSecurity();
        source = builder.Build();
        fault = new($"{options.Database} at {options.Host}:{options.Port}");
        Watch = new(time);
        Watch.Changed += Follow;
    }

    /// <inheritdoc/>
    public SqlDialect Dialect => SqlDialect.Postgres;

    /// <inheritdoc/>
    public DatabaseWatch Watch { get; }

    /// <summary>Connects, or goes on without when the server is away (see <see cref="Watch"/>).</summary>
    /// <exception cref="DatabaseException"><see cref="DatabaseFault.Locked"/>: another server writes to this database.</exception>
    /// <exception cref="ArgumentException">An unknown sslmode.</exception>
    public static async Task<PostgresDatabase> OpenAsync(
        PostgresOptions options, TimeProvider time, ILogger<PostgresDatabase>? logger = null,
        CancellationToken cancellationToken = default)
    {
        ILogger log = logger ?? NullLogger<PostgresDatabase>.Instance;
        var database = new PostgresDatabase(options, time, log);
        try
        {
            await database.WriteAsync(static (_, _) => Task.FromResult(0), cancellationToken);
        }
        catch (DatabaseException exception) when (exception.Fault is DatabaseFault.Locked or DatabaseFault.Unusable)
        {
            await database.DisposeAsync();
            throw;
        }
        catch (DatabaseException exception)
        {
            database.LogAway(exception.Message);
            database.StartReconnecting();
        }

        return database;
    }

    /// <inheritdoc/>
    public async Task<T> ReadAsync<T>(Func<ISqlSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await GuardAsync(() => ReadOnceAsync(work, cancellationToken), cancellationToken);
            }
            catch (DatabaseException exception) when (exception.Fault == DatabaseFault.Unavailable && attempt == 0)
            {
                // A pooled connection may be older than the server's last restart: forget them and try a fresh one.
                source.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public async Task<T> WriteAsync<T>(Func<ISqlSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            return await GuardAsync(() => WriteOnceAsync(work, cancellationToken), cancellationToken);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <inheritdoc/>
    public Task<long?> SizeAsync(CancellationToken cancellationToken) => ReadAsync<long?>(
        async (session, token) =>
            (await session.QueryAsync("SELECT pg_database_size(current_database())", row => row.Int64(0), token))[0],
        cancellationToken);

    /// <summary>Closes the connections and with them the lock.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
            return;
        await stopping.CancelAsync();
        await reconnecting;
        await writing.WaitAsync(CancellationToken.None);
        await DropWriterAsync();
        await source.DisposeAsync();
        stopping.Dispose();
    }

    async Task<T> ReadOnceAsync<T>(Func<ISqlSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var session = new PostgresSession(connection);
        await session.ExecuteAsync("SET TRANSACTION READ ONLY", cancellationToken);
        var result = await work(session, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    async Task<T> WriteOnceAsync<T>(Func<ISqlSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var connection = await WriterAsync(cancellationToken);
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var result = await work(new PostgresSession(connection), cancellationToken);
            // Past this point the change may be durable: a cancelled commit would be an unknown one.
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            if (connection.FullState is not System.Data.ConnectionState.Open)
                await DropWriterAsync();
        }
    }

    async Task<NpgsqlConnection> WriterAsync(CancellationToken cancellationToken)
    {
        if (writer is { FullState: System.Data.ConnectionState.Open })
            return writer;
        await DropWriterAsync();
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            if (connection.PostgreSqlVersion.Major < 13)
            {
                throw new DatabaseException(DatabaseFault.Unusable,
                    $"PostgreSQL {connection.PostgreSqlVersion} is too old; 13 or later is needed.");
            }

            await TakeLockAsync(connection, cancellationToken);
            return writer = connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    async Task TakeLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var session = new PostgresSession(connection);
        var started = time.GetTimestamp();
        var pause = FirstRetry;
        while (true)
        {
            var taken = await session.QueryAsync(
                "SELECT CASE WHEN pg_try_advisory_lock($1) THEN 1 ELSE 0 END::bigint", row => row.Int64(0), cancellationToken, WriterLock);
            if (taken[0] == 1)
                return;
            if (time.GetElapsedTime(started) > LockPatience)
            {
                throw new DatabaseException(DatabaseFault.Locked,
                    $"Another server is using the PostgreSQL database {fault.Place}. Stop it, or give this one a database of its own.");
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }

    async Task<T> GuardAsync<T>(Func<Task<T>> run, CancellationToken cancellationToken)
    {
        try
        {
            var result = await run();
            Watch.ReportReady();
            return result;
        }
        catch (DatabaseException exception)
        {
            Watch.Report(exception);
            throw;
        }
        catch (Exception exception) when (fault.Describe(exception, cancellationToken) is { } described)
        {
            if (described.Fault is DatabaseFault.Constraint or DatabaseFault.Statement)
                Watch.ReportReady();
            Watch.Report(described);
            throw described;
        }
    }

    void Follow(DatabaseState state)
    {
        if (state.Ready)
        {
            LogBack();
            return;
        }

        LogAway(state.Reason ?? "");
        StartReconnecting();
    }

    void StartReconnecting()
    {
        lock (stopping)
        {
            if (reconnecting.IsCompleted && !stopping.IsCancellationRequested)
                reconnecting = Task.Run(ReconnectAsync);
        }
    }

    /// <summary>Asks again and again, so that the return is noticed also when nobody writes.</summary>
    async Task ReconnectAsync()
    {
        try
        {
            for (var pause = FirstRetry; !Watch.State.Ready; pause = pause < LastRetry ? pause * 2 : LastRetry)
            {
                await Task.Delay(pause, time, stopping.Token);
                try
                {
                    await WriteAsync(static (_, _) => Task.FromResult(0), stopping.Token);
                }
                catch (DatabaseException)
                {
                    // Still away; Watch has the reason.
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    async Task DropWriterAsync()
    {
        if (writer is null)
            return;
        // A pooled close would keep the session, and with it the lock, alive.
        NpgsqlConnection.ClearPool(writer);
        await writer.DisposeAsync();
        writer = null;
    }

    static SslMode ParseSslMode(string text) => text switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" or "" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new ArgumentException(
            $"sslmode '{text}' is not one of disable, allow, prefer, require, verify-ca, verify-full.", nameof(text)),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL is away: {Reason}")]
    partial void LogAway(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "PostgreSQL answers")]
    partial void LogBack();
}
