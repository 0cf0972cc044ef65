using System.Security.Cryptography;
using Netronome.Server.Database;

namespace Netronome.Server.Accounts;

/// <summary>A login as stored; the token itself is not.</summary>
sealed record Session(
    string Id, long UserId, string Username, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string Address, string UserAgent)
{
    /// <summary>Unused for this long, it is over.</summary>
    public static readonly TimeSpan IdleLife = TimeSpan.FromHours(12);

    /// <summary>This long after the login it is over, used or not.</summary>
    public static readonly TimeSpan AbsoluteLife = TimeSpan.FromDays(30);

    public bool IsOver(DateTimeOffset now) => now - LastSeenAt >= IdleLife || now - CreatedAt >= AbsoluteLife;
}

/// <summary>Sessions live in the database, so that they can be ended; only the SHA-256 of a token is kept.</summary>
sealed class SessionStore(IDatabase database, TimeProvider time)
{
    const int MostUserAgentLength = 256;
    const int MostSessionsPerUser = 100;

    const string Columns = "s.id, s.user_id, u.username, s.created_at, s.last_seen_at, s.address, s.user_agent";

    public async Task<(string Token, Session Session)> AddAsync(
        long user, string username, string address, string userAgent, byte[]? replaces, CancellationToken cancellationToken)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        var session = new Session(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), user, username, now, now, address,
            userAgent.Length <= MostUserAgentLength ? userAgent : userAgent[..MostUserAgentLength]);
        await database.WriteAsync(async (sql, stop) =>
        {
            await sql.ExecuteAsync(
                "DELETE FROM sessions WHERE last_seen_at <= $1 OR created_at <= $2 OR token_hash = $3", stop,
                now - Session.IdleLife, now - Session.AbsoluteLife, replaces is null ? SqlValue.Null : Hash(replaces));
            await sql.ExecuteAsync(
                """
                DELETE FROM sessions WHERE id IN
                    (SELECT id FROM sessions WHERE user_id = $1 ORDER BY last_seen_at DESC LIMIT 1000 OFFSET $2)
                """, stop, user, MostSessionsPerUser - 1);
            return await sql.ExecuteAsync(
                """
                INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, address, user_agent)
                VALUES ($1, $2, $3, $4, $4, $5, $6)
                """, stop, session.Id, Hash(System.Text.Encoding.ASCII.GetBytes(token)), user, now, address, session.UserAgent);
        }, cancellationToken);
        return (token, session);
    }

    public async Task<Session?> FindAsync(byte[] token, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync((sql, stop) => sql.QueryAsync(
            $"SELECT {Columns} FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = $1",
            Read, stop, Hash(token)), cancellationToken);
        return found is [var session] && !session.IsOver(time.GetUtcNow()) ? session : null;
    }

    public async Task<List<Session>> ListAsync(long user, CancellationToken cancellationToken)
    {
        var sessions = await database.ReadAsync((sql, stop) => sql.QueryAsync(
            $"SELECT {Columns} FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.user_id = $1 ORDER BY s.last_seen_at DESC",
            Read, stop, user), cancellationToken);
        sessions.RemoveAll(session => session.IsOver(time.GetUtcNow()));
        return sessions;
    }

    public Task TouchAsync(string session, CancellationToken cancellationToken) => database.WriteAsync((sql, stop) => sql.ExecuteAsync(
        "UPDATE sessions SET last_seen_at = $2 WHERE id = $1", stop, session, time.GetUtcNow()), cancellationToken);

    public async Task<bool> RemoveAsync(long user, string session, CancellationToken cancellationToken) => await database.WriteAsync(
        (sql, stop) => sql.ExecuteAsync("DELETE FROM sessions WHERE id = $1 AND user_id = $2", stop, session, user), cancellationToken) > 0;

    /// <summary>Ends all sessions of a user but one.</summary>
    public Task RemoveAllAsync(long user, string? except, CancellationToken cancellationToken) => database.WriteAsync(
        (sql, stop) => sql.ExecuteAsync("DELETE FROM sessions WHERE user_id = $1 AND id <> $2", stop, user, except ?? ""), cancellationToken);

    public static byte[] Hash(byte[] token) => SHA256.HashData(token);

    static Session Read(ISqlRow row) =>
        new(row.Text(0), row.Int64(1), row.Text(2), row.Time(3), row.Time(4), row.Text(5), row.Text(6));
}
