using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Netronome.Server.Database;

/// <summary>
/// The operating system's SQLite: WAL and <c>synchronous=FULL</c>, so that a completed <see cref="WriteAsync"/> has been flushed
/// to the disk and survives power loss. One thread writes, a few read, each with its own connection.
/// </summary>
public sealed partial class SqliteDatabase : IDatabase
{
    const int Readers = 3;
    static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(5);

    readonly BlockingCollection<Action<SqliteConnection>> writes = [];
    readonly BlockingCollection<Action<SqliteConnection>> reads = [];
    readonly List<SqliteThread> threads = [];
    readonly SqliteLock held;
    readonly string path;
    readonly ILogger logger;
    int disposed;

    SqliteDatabase(string path, SqliteLock held, TimeProvider time, ILogger logger)
    {
        (this.path, this.held, this.logger) = (path, held, logger);
        Watch = new(time);
    }

    /// <inheritdoc/>
    public SqlDialect Dialect => SqlDialect.Sqlite;

    /// <inheritdoc/>
    public DatabaseWatch Watch { get; }

    /// <summary>Opens or creates (mode 0600) the database and holds it until disposed.</summary>
    /// <exception cref="DatabaseException">
    /// The file is not SQLite, damaged, another program's, read-only, held by another server, or the library is missing.
    /// </exception>
    public static async Task<SqliteDatabase> OpenAsync(
        string path, TimeProvider time, ILogger<SqliteDatabase>? logger = null, CancellationToken cancellationToken = default)
    {
        path = Path.GetFullPath(path);
        ILogger log = logger ?? NullLogger<SqliteDatabase>.Instance;
        // Opening may check a whole file after a crash: a thread of its own, not one of the pool.
        return await Task.Factory.StartNew(
            () => Open(path, time, log, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <inheritdoc/>
    public Task<T> ReadAsync<T>(Func<ISqlSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(reads, "BEGIN", work, cancellationToken);

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<ISqlSession, CancellationToken, Task<T>> work, CancellationToken cancellationToken) =>
        RunAsync(writes, "BEGIN IMMEDIATE", work, cancellationToken);

    /// <inheritdoc/>
    public Task<long?> SizeAsync(CancellationToken cancellationToken)
    {
        var files = new[] { path, path + "-wal" }.Select(name => new FileInfo(name)).Where(file => file.Exists);
        return Task.FromResult<long?>(files.Sum(file => file.Length));
    }

    /// <summary>Finishes what was queued, checkpoints, and lets the file go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        reads.CompleteAdding();
        writes.CompleteAdding();
        // The writer is the first of the list and must close last: the last connection checkpoints and removes the WAL.
        await Task.Factory.StartNew(
            () => threads.AsEnumerable().Reverse().ToList().ForEach(thread => thread.Dispose()),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        held.Dispose();
    }

    static SqliteDatabase Open(string path, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        SqliteFile.RequireLibrary();
        SqliteFile.Inspect(path);
        var held = SqliteLock.Take(path);
        var database = new SqliteDatabase(path, held, time, logger);
        try
        {
            SqliteFile.Create(path);
            var unclean = new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };
            var writer = SqliteFile.OpenWriter(path, BusyTimeout);
            if (unclean)
            {
                database.LogChecking(path);
                SqliteFile.Check(writer, path);
            }

            cancellationToken.ThrowIfCancellationRequested();
            database.threads.Add(new("sqlite writer", writer, database.writes));
            for (var reader = 0; reader < Readers; reader++)
                database.threads.Add(new($"sqlite reader {reader}", SqliteFile.OpenReader(path, BusyTimeout), database.reads));
            database.Watch.ReportReady();
            return database;
        }
        catch
        {
            database.reads.CompleteAdding();
            database.writes.CompleteAdding();
            database.threads.ForEach(thread => thread.Dispose());
            held.Dispose();
            throw;
        }
    }

    async Task<T> RunAsync<T>(
        BlockingCollection<Action<SqliteConnection>> queue, string begin, Func<ISqlSession, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            queue.Add(
                connection =>
                {
                    var task = TransactAsync(connection, begin, work, cancellationToken);
                    ((SqliteThread)SynchronizationContext.Current!).Pump(task);
                    completion.SetFromTask(task);
                },
                cancellationToken);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteDatabase));
        }

        try
        {
            var result = await completion.Task;
            Watch.ReportReady();
            return result;
        }
        catch (DatabaseException exception)
        {
            // A refused statement is still an answer.
            if (exception.Fault is DatabaseFault.Constraint or DatabaseFault.Statement)
                Watch.ReportReady();
            Watch.Report(exception);
            throw;
        }
    }

    static async Task<T> TransactAsync<T>(
        SqliteConnection connection, string begin, Func<ISqlSession, CancellationToken, Task<T>> work,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        connection.Execute(begin);
        try
        {
            var result = await work(new SqliteSession(connection), cancellationToken);
            connection.Execute("COMMIT");
            return result;
        }
        catch
        {
            if (connection.InTransaction)
                connection.Execute("ROLLBACK");
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The last run did not close {Path}; checking it")]
    partial void LogChecking(string path);
}
