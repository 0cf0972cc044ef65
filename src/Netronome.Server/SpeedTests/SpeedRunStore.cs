using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Netronome.Server.Database;

namespace Netronome.Server.SpeedTests;

/// <summary>Tests that wait, run or ran.</summary>
sealed class SpeedRunStore(IDatabase database, TimeProvider time)
{
    public static Migration Migration { get; } = new(211, "speed tests", """
        CREATE TABLE speed_runs (
            id {id}, provider TEXT NOT NULL, server_id BIGINT, server_name TEXT NOT NULL, host TEXT NOT NULL, port BIGINT NOT NULL,
            direction BIGINT NOT NULL, seconds BIGINT NOT NULL, streams BIGINT NOT NULL, omit_seconds BIGINT NOT NULL,
            status BIGINT NOT NULL, phase BIGINT, created_at BIGINT NOT NULL, started_at BIGINT, finished_at BIGINT,
            download TEXT, upload TEXT, error TEXT, intervals TEXT);
        CREATE INDEX speed_runs_by_status ON speed_runs (status);
        CREATE INDEX speed_runs_by_time ON speed_runs (created_at)
        """);

    const string Columns = """
        id, provider, server_id, server_name, host, port, direction, seconds, streams, omit_seconds,
        status, phase, created_at, started_at, finished_at, download, upload, error
        """;

    /// <summary>Puts a test into the queue; null when <paramref name="mostQueued"/> wait already.</summary>
    public Task<SpeedRun?> AddAsync(RunServer server, RunOptions options, int mostQueued, CancellationToken cancellationToken) =>
        database.WriteAsync(async (sql, token) =>
        {
            var queued = await sql.QueryAsync(
                "SELECT COUNT(*) FROM speed_runs WHERE status = $1", row => row.Int64(0), token, (long)RunStatus.Queued);
            if (queued[0] >= mostQueued)
                return null;
            return (await sql.QueryAsync(
                $"""
                INSERT INTO speed_runs (provider, server_id, server_name, host, port, direction, seconds, streams, omit_seconds,
                    status, created_at)
                VALUES ('iperf3', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING {Columns}
                """, Read, token, server.Id, server.Name, server.Host, server.Port, (long)options.Direction, options.Seconds,
                options.Streams, options.OmitSeconds, (long)RunStatus.Queued, time.GetUtcNow())).FirstOrDefault();
        }, cancellationToken);

    /// <summary>The test that has waited longest.</summary>
    public async Task<SpeedRun?> FindNextAsync(CancellationToken cancellationToken) => (await database.ReadAsync(
        (sql, token) => sql.QueryAsync($"SELECT {Columns} FROM speed_runs WHERE status = $1 ORDER BY id LIMIT 1", Read, token,
            (long)RunStatus.Queued), cancellationToken)).FirstOrDefault();

    public async Task<SpeedRun?> FindAsync(long id, CancellationToken cancellationToken) => (await database.ReadAsync(
        (sql, token) => sql.QueryAsync($"SELECT {Columns}, intervals FROM speed_runs WHERE id = $1",
            row => Read(row) with { Intervals = Parse(row, 18, ServerJson.Default.IReadOnlyListRunInterval) ?? [] }, token, id),
        cancellationToken)).FirstOrDefault();

    /// <summary>Up to <paramref name="limit"/> tests older than <paramref name="before"/>, newest first.</summary>
    public Task<List<SpeedRun>> ListAsync(long? before, int limit, CancellationToken cancellationToken) => database.ReadAsync(
        (sql, token) => sql.QueryAsync(
            $"SELECT {Columns} FROM speed_runs WHERE id < $1 ORDER BY id DESC LIMIT $2", Read, token, before ?? long.MaxValue, limit),
        cancellationToken);

    /// <summary>A page of finished tests since <paramref name="since"/>, newest first, and how many there are in all.</summary>
    public Task<(List<SpeedRun> Runs, long Total)> PageAsync(
        DateTimeOffset since, long skip, int limit, CancellationToken cancellationToken) => database.ReadAsync(async (sql, token) =>
        {
            var total = await sql.QueryAsync(
                "SELECT COUNT(*) FROM speed_runs WHERE status = $1 AND created_at >= $2", row => row.Int64(0), token,
                (long)RunStatus.Completed, since);
            var runs = await sql.QueryAsync(
                $"""
                SELECT {Columns} FROM speed_runs WHERE status = $1 AND created_at >= $2
                ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4
                """, Read, token, (long)RunStatus.Completed, since, limit, skip);
            return (runs, total[0]);
        }, cancellationToken);

    /// <summary>Writes everything that changes while a test runs; false when it is gone.</summary>
    public async Task<bool> SaveAsync(SpeedRun run, CancellationToken cancellationToken) => await database.WriteAsync(
        (sql, token) => sql.ExecuteAsync(
            """
            UPDATE speed_runs SET status = $2, phase = $3, started_at = $4, finished_at = $5, download = $6, upload = $7,
                error = $8, intervals = $9
            WHERE id = $1
            """, token, run.Id, (long)run.Status, run.Phase is { } phase ? (long)phase : SqlValue.Null, run.StartedAt, run.FinishedAt,
            Text(run.Download, ServerJson.Default.RunResult), Text(run.Upload, ServerJson.Default.RunResult),
            Text(run.Error, ServerJson.Default.RunError), Text(run.Intervals, ServerJson.Default.IReadOnlyListRunInterval)),
        cancellationToken) > 0;

    /// <summary>Ends a test that still waits; null when it does not.</summary>
    public async Task<SpeedRun?> CancelQueuedAsync(long id, CancellationToken cancellationToken) => (await database.WriteAsync(
        (sql, token) => sql.QueryAsync(
            $"UPDATE speed_runs SET status = $2, finished_at = $3 WHERE id = $1 AND status = $4 RETURNING {Columns}", Read, token,
            id, (long)RunStatus.Cancelled, time.GetUtcNow(), (long)RunStatus.Queued), cancellationToken)).FirstOrDefault();

    /// <summary>Marks what a server that died left running; what it had measured stays.</summary>
    public Task<int> AbortRunningAsync(RunError error, CancellationToken cancellationToken) => database.WriteAsync(
        (sql, token) => sql.ExecuteAsync(
            "UPDATE speed_runs SET status = $1, phase = NULL, finished_at = $2, error = $3 WHERE status = $4", token,
            (long)RunStatus.Aborted, time.GetUtcNow(), Text(error, ServerJson.Default.RunError), (long)RunStatus.Running),
        cancellationToken);

    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken) => await database.WriteAsync(
        (sql, token) => sql.ExecuteAsync("DELETE FROM speed_runs WHERE id = $1 AND status <> $2", token, id, (long)RunStatus.Running),
        cancellationToken) > 0;

    static SpeedRun Read(ISqlRow row) => new()
    {
        Id = row.Int64(0),
        Provider = row.Text(1),
        Server = new RunServer(row.Text(3), row.Text(4), (int)row.Int64(5), row.Int64OrNull(2)),
        Options = new RunOptions((RunDirection)row.Int64(6), (int)row.Int64(7), (int)row.Int64(8), (int)row.Int64(9)),
        Status = (RunStatus)row.Int64(10),
        Phase = row.Int64OrNull(11) is { } phase ? (RunPhase)phase : null,
        CreatedAt = row.Time(12),
        StartedAt = row.TimeOrNull(13),
        FinishedAt = row.TimeOrNull(14),
        Download = Parse(row, 15, ServerJson.Default.RunResult),
        Upload = Parse(row, 16, ServerJson.Default.RunResult),
        Error = Parse(row, 17, ServerJson.Default.RunError),
    };

    static string? Text<T>(T? value, JsonTypeInfo<T> type)
        where T : class => value is null ? null : JsonSerializer.Serialize(value, type);

    static T? Parse<T>(ISqlRow row, int column, JsonTypeInfo<T> type)
        where T : class => row.TextOrNull(column) is { } text ? JsonSerializer.Deserialize(text, type) : null;
}
