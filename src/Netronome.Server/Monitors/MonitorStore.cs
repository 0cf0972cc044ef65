using Netronome.Server.Database;

namespace Netronome.Server.Monitors;

/// <summary>A time in which a monitor was paused; open while it still is.</summary>
sealed record Pause(DateTimeOffset From, DateTimeOffset? To);

/// <summary>Definitions of monitors and when each was paused. Whoever runs them listens to <see cref="Changed"/>.</summary>
sealed class MonitorStore(IDatabase database, TimeProvider time)
{
    public static Migration Migration { get; } = new(220, "monitors", """
        CREATE TABLE monitors (
            id {id}, name TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, enabled BIGINT NOT NULL, every TEXT NOT NULL,
            zone TEXT, packets BIGINT NOT NULL, spacing_ms BIGINT NOT NULL, deadline_ms BIGINT NOT NULL, size_bytes BIGINT NOT NULL,
            dscp BIGINT NOT NULL, family BIGINT NOT NULL, source TEXT, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL);
        CREATE TABLE monitor_pauses (
            monitor_id BIGINT NOT NULL REFERENCES monitors (id) ON DELETE CASCADE, from_at BIGINT NOT NULL, to_at BIGINT);
        CREATE INDEX monitor_pauses_of_monitor ON monitor_pauses (monitor_id, from_at)
        """);

    const string Columns =
        "id, name, target, enabled, every, zone, packets, spacing_ms, deadline_ms, size_bytes, dscp, family, source, created_at, updated_at";

    /// <summary>Called after a definition was added or changed.</summary>
    public event Action<long>? Changed;

    /// <summary>Called after a definition was deleted.</summary>
    public event Action<long>? Removed;

    public Task<List<StoredMonitor>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync(
        (sql, token) => sql.QueryAsync($"SELECT {Columns} FROM monitors ORDER BY name, id", Read, token), cancellationToken);

    public async Task<StoredMonitor?> FindAsync(long id, CancellationToken cancellationToken) => (await database.ReadAsync(
        (sql, token) => sql.QueryAsync($"SELECT {Columns} FROM monitors WHERE id = $1", Read, token, id), cancellationToken))
        .FirstOrDefault();

    public async Task<StoredMonitor> AddAsync(MonitorDefinition definition, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var added = await database.WriteAsync(async (sql, token) =>
        {
            var monitor = (await sql.QueryAsync(
                $"""
                INSERT INTO monitors (name, kind, target, enabled, every, zone, packets, spacing_ms, deadline_ms, size_bytes, dscp, family,
                    source, created_at, updated_at)
                VALUES ($1, 'icmp', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) RETURNING {Columns}
                """, Read, token, [.. Values(definition), now]))[0];
            await NotePauseAsync(sql, monitor.Id, true, definition.Enabled, now, token);
            return monitor;
        }, cancellationToken);
        Changed?.Invoke(added.Id);
        return added;
    }

    public async Task<StoredMonitor?> SaveAsync(long id, MonitorDefinition definition, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var saved = await database.WriteAsync(async (sql, token) =>
        {
            var before = await sql.QueryAsync("SELECT enabled FROM monitors WHERE id = $1", row => row.Truth(0), token, id);
            if (before.Count == 0)
                return null;
            await NotePauseAsync(sql, id, before[0], definition.Enabled, now, token);
            return (await sql.QueryAsync(
                $"""
                UPDATE monitors SET name = $1, target = $2, enabled = $3, every = $4, zone = $5, packets = $6, spacing_ms = $7,
                    deadline_ms = $8, size_bytes = $9, dscp = $10, family = $11, source = $12, updated_at = $13
                WHERE id = $14 RETURNING {Columns}
                """, Read, token, [.. Values(definition), now, id])).FirstOrDefault();
        }, cancellationToken);
        if (saved is not null)
            Changed?.Invoke(id);
        return saved;
    }

    /// <summary>Pauses or resumes a monitor.</summary>
    public async Task<StoredMonitor?> EnableAsync(long id, bool enabled, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var saved = await database.WriteAsync(async (sql, token) =>
        {
            var before = await sql.QueryAsync("SELECT enabled FROM monitors WHERE id = $1", row => row.Truth(0), token, id);
            if (before.Count == 0)
                return null;
            await NotePauseAsync(sql, id, before[0], enabled, now, token);
            return (await sql.QueryAsync(
                $"UPDATE monitors SET enabled = $2, updated_at = $3 WHERE id = $1 RETURNING {Columns}", Read, token, id, enabled, now))
                .FirstOrDefault();
        }, cancellationToken);
        if (saved is not null)
            Changed?.Invoke(id);
        return saved;
    }

    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        var deleted = await database.WriteAsync(async (sql, token) =>
        {
            await sql.ExecuteAsync("DELETE FROM monitor_pauses WHERE monitor_id = $1", token, id);
            return await sql.ExecuteAsync("DELETE FROM monitors WHERE id = $1", token, id);
        }, cancellationToken) > 0;
        if (deleted)
            Removed?.Invoke(id);
        return deleted;
    }

    /// <summary>When a monitor was paused within a range.</summary>
    public Task<List<Pause>> ListPausesAsync(long id, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        database.ReadAsync((sql, token) => sql.QueryAsync(
            """
            SELECT from_at, to_at FROM monitor_pauses
            WHERE monitor_id = $1 AND from_at < $3 AND (to_at IS NULL OR to_at > $2) ORDER BY from_at
            """, row => new Pause(row.Time(0), row.TimeOrNull(1)), token, id, from, to), cancellationToken);

    static async Task NotePauseAsync(
        ISqlSession sql, long id, bool wasEnabled, bool isEnabled, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (wasEnabled && !isEnabled)
            await sql.ExecuteAsync("INSERT INTO monitor_pauses (monitor_id, from_at) VALUES ($1, $2)", cancellationToken, id, now);
        else if (isEnabled && !wasEnabled)
            await sql.ExecuteAsync("UPDATE monitor_pauses SET to_at = $2 WHERE monitor_id = $1 AND to_at IS NULL", cancellationToken, id, now);
    }

    static SqlValue[] Values(MonitorDefinition monitor) =>
    [
        monitor.Name, monitor.Target, monitor.Enabled, monitor.Every, monitor.Zone, monitor.Packets, monitor.SpacingMs,
        monitor.DeadlineMs, monitor.SizeBytes, monitor.Dscp, (long)monitor.Family, monitor.Source,
    ];

    static StoredMonitor Read(ISqlRow row) => new(
        row.Int64(0),
        new MonitorDefinition
        {
            Name = row.Text(1),
            Target = row.Text(2),
            Enabled = row.Truth(3),
            Every = row.Text(4),
            Zone = row.TextOrNull(5),
            Packets = (int)row.Int64(6),
            SpacingMs = (int)row.Int64(7),
            DeadlineMs = (int)row.Int64(8),
            SizeBytes = (int)row.Int64(9),
            Dscp = (int)row.Int64(10),
            Family = (MonitorFamily)row.Int64(11),
            Source = row.TextOrNull(12),
        },
        row.Time(13), row.Time(14));
}
