using Netronome.Server.Database;

namespace Netronome.Server.Accounts;

/// <summary>An account as stored.</summary>
sealed record StoredUser(long Id, string Username, string PasswordHash);

/// <summary>Who may log in.</summary>
sealed class UserStore(IDatabase database, TimeProvider time)
{
    // The single row of first_user makes "only the first registers" a rule of the database: two at once cannot both win.
    public static Migration Migration { get; } = new(200, "accounts", """
        CREATE TABLE users (
            id {id}, username TEXT NOT NULL, username_key TEXT NOT NULL UNIQUE, password_hash TEXT NOT NULL,
            created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL);
        CREATE TABLE first_user (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL REFERENCES users (id));
        CREATE TABLE sessions (
            id TEXT PRIMARY KEY, token_hash {bytes} NOT NULL UNIQUE, user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            created_at BIGINT NOT NULL, last_seen_at BIGINT NOT NULL, address TEXT NOT NULL, user_agent TEXT NOT NULL);
        CREATE INDEX sessions_of_user ON sessions (user_id)
        """);

    public Task<bool> AnyAsync(CancellationToken cancellationToken) => database.ReadAsync(async (sql, token) =>
        (await sql.QueryAsync("SELECT 1 FROM users LIMIT 1", row => true, token)).Count > 0, cancellationToken);

    /// <summary>Saves the first account; null when there is one already.</summary>
    public async Task<StoredUser?> AddFirstAsync(string username, string passwordHash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            return await database.WriteAsync(async (sql, token) =>
            {
                if ((await sql.QueryAsync("SELECT 1 FROM users LIMIT 1", row => true, token)).Count > 0)
                    return null;
                var ids = await sql.QueryAsync(
                    "INSERT INTO users (username, username_key, password_hash, created_at, updated_at) VALUES ($1, $2, $3, $4, $4) RETURNING id",
                    row => row.Int64(0), token, username, Key(username), passwordHash, now);
                await sql.ExecuteAsync("INSERT INTO first_user (id, user_id) VALUES (1, $1)", token, ids[0]);
                return new StoredUser(ids[0], username, passwordHash);
            }, cancellationToken);
        }
        catch (DatabaseException exception) when (exception.Fault == DatabaseFault.Constraint)
        {
            return null;
        }
    }

    public Task<StoredUser?> FindAsync(string username, CancellationToken cancellationToken) => database.ReadAsync(async (sql, token) =>
        (await sql.QueryAsync(
            "SELECT id, username, password_hash FROM users WHERE username_key = $1",
            row => new StoredUser(row.Int64(0), row.Text(1), row.Text(2)), token, Key(username))).FirstOrDefault(), cancellationToken);

    public Task<int> SetPasswordAsync(long user, string passwordHash, CancellationToken cancellationToken) => database.WriteAsync(
        (sql, token) => sql.ExecuteAsync(
            "UPDATE users SET password_hash = $2, updated_at = $3 WHERE id = $1", token, user, passwordHash, time.GetUtcNow()),
        cancellationToken);

    /// <summary>Names differ by more than case.</summary>
    static string Key(string username) => username.ToLowerInvariant();
}
