using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Netronome.Server.Database;

namespace Netronome.Server.Accounts;

/// <summary>
/// Tells whether a token is a live session. What the database said holds for a few seconds, so that a page full of panels
/// does not ask it for each; while the database is away, sessions it confirmed before are believed on.
/// </summary>
sealed partial class SessionGuard(SessionStore sessions, TimeProvider time, ILogger<SessionGuard> logger)
{
    // A session ended by another process (change-password) is refused after at most this long.
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);
    static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);
    const int MostEntries = 10_000;

    readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);

    sealed record Entry(Session Session, DateTimeOffset CheckedAt);

    public async Task<Session?> FindAsync(byte[] token, CancellationToken cancellationToken)
    {
        var key = Convert.ToHexString(SessionStore.Hash(token));
        var now = time.GetUtcNow();
        if (_known.TryGetValue(key, out var known) && now - known.CheckedAt < Fresh && !known.Session.IsOver(now))
            return known.Session;

        try
        {
            var session = await sessions.FindAsync(token, cancellationToken);
            if (session is null)
            {
                _known.TryRemove(key, out _);
                return null;
            }

            if (now - session.LastSeenAt >= TouchEvery)
            {
                await sessions.TouchAsync(session.Id, cancellationToken);
                session = session with { LastSeenAt = now };
            }

            if (_known.Count >= MostEntries)
                _known.Clear();
            _known[key] = new Entry(session, now);
            return session;
        }
        catch (DatabaseException exception) when (known is not null && !known.Session.IsOver(now))
        {
            LogBelieved(known.Session.Id, exception.Message);
            return known.Session;
        }
    }

    /// <summary>Forgets what it knows of one session, or of all of a user's: they have been ended.</summary>
    public void Forget(long user, string? session = null)
    {
        foreach (var (key, entry) in _known)
        {
            if (entry.Session.UserId == user && (session is null || entry.Session.Id == session))
                _known.TryRemove(key, out _);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Session {Session} is believed without the database: {Reason}")]
    partial void LogBelieved(string session, string reason);
}
