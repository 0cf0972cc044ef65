using Microsoft.Extensions.Logging;
using Netronome.Server.Database;

namespace Netronome.Server.Health;

/// <summary>A time in which no server ran on this database.</summary>
public sealed record DownTime(DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// Notes when servers ran on this database, so that a hole in the measurements can be told from a pause of the network: each life
/// has a start and a last sign of life.
/// </summary>
public sealed partial class ServerLives(IDatabase database, SchemaLoop schema, TimeProvider time, ILogger<ServerLives> logger)
{
    internal static Migration Migration { get; } = new(201, "server lives", """
        CREATE TABLE server_lives (id {id}, started_at BIGINT NOT NULL, alive_at BIGINT NOT NULL)
        """);

    static readonly TimeSpan SignEvery = TimeSpan.FromSeconds(2);

    long? _life;

    /// <summary>When this life began.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>When no server ran, within a range and before this life began.</summary>
    public Task<List<DownTime>> ListDownTimesAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        database.ReadAsync((sql, token) => sql.QueryAsync(
            """
            SELECT alive_at, next_at FROM
                (SELECT alive_at, LEAD(started_at) OVER (ORDER BY started_at, id) AS next_at FROM server_lives) AS lives
            WHERE next_at IS NOT NULL AND next_at > alive_at AND alive_at < $2 AND next_at > $1
            ORDER BY alive_at
            """, row => new DownTime(row.Time(0), row.Time(1)), token, from, to), cancellationToken);

    /// <summary>Gives signs of life until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await schema.Migrated.WaitAsync(cancellationToken);
        while (true)
        {
            await SignAsync(cancellationToken);
            await Task.Delay(SignEvery, time, cancellationToken);
        }
    }

    /// <summary>One sign of life; the last is given when the server stops.</summary>
    public async Task SignAsync(CancellationToken cancellationToken)
    {
        if (!schema.Migrated.IsCompletedSuccessfully)
            return;
        try
        {
            _life = await database.WriteAsync<long>(async (sql, token) =>
            {
                var now = time.GetUtcNow();
                if (_life is { } life)
                {
                    await sql.ExecuteAsync("UPDATE server_lives SET alive_at = $2 WHERE id = $1", token, life, now);
                    return life;
                }

                return (await sql.QueryAsync(
                    "INSERT INTO server_lives (started_at, alive_at) VALUES ($1, $2) RETURNING id", row => row.Int64(0), token,
                    StartedAt, now))[0];
            }, cancellationToken);
        }
        catch (DatabaseException exception)
        {
            LogMissed(exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "No sign of life could be noted: {Reason}")]
    partial void LogMissed(string reason);
}
