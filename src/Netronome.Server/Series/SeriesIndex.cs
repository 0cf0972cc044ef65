using System.Collections.Concurrent;
using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>All series of the store with their heads, by number and by name.</summary>
sealed class SeriesIndex
{
    readonly ConcurrentDictionary<long, SeriesHead> byId = new();
    readonly ConcurrentDictionary<string, SeriesHead> byName = new(StringComparer.Ordinal);

    internal ICollection<SeriesHead> Heads => byId.Values;

    internal SeriesHead? Find(SeriesId id) => byId.GetValueOrDefault(id.Value);

    internal SeriesHead? Find(string name) => byName.GetValueOrDefault(name);

    internal void Add(string name, SeriesHead head)
    {
        byId[head.Id.Value] = head;
        byName[name] = head;
    }

    internal void Remove(SeriesHead head)
    {
        byId.TryRemove(head.Id.Value, out _);
        foreach (var entry in byName.Where(entry => ReferenceEquals(entry.Value, head)))
            byName.TryRemove(entry);
    }

    /// <summary>Finds the series or makes it; series are made one after another by the database.</summary>
    internal async Task<SeriesHead> FindOrCreateAsync(IDatabase database, SeriesKey key, CancellationToken cancellationToken)
    {
        var name = key.ToString();
        if (Find(name) is not { } head)
        {
            var (id, kind) = await database.WriteAsync((session, token) => InsertAsync(session, name, key.Kind, token), cancellationToken);
            var made = new SeriesHead(new(id), kind);
            head = byId.GetOrAdd(id, made);
            byName.TryAdd(name, head);
        }

        return head.Kind == key.Kind
            ? head
            : throw new ArgumentException($"The series {name} is a {head.Kind}, not a {key.Kind}.", nameof(key));
    }

    static async Task<(long Id, SeriesKind Kind)> InsertAsync(
        ISqlSession session, string name, SeriesKind kind, CancellationToken cancellationToken)
    {
        var found = await session.QueryAsync(
            "SELECT id, kind FROM series WHERE name = $1", row => (row.Int64(0), (SeriesKind)row.Int64(1)), cancellationToken, name);
        if (found.Count > 0)
            return found[0];
        var made = await session.QueryAsync(
            "INSERT INTO series (name, kind) VALUES ($1, $2) RETURNING id", row => row.Int64(0), cancellationToken, name, (long)kind);
        return (made[0], kind);
    }
}
