using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>One transaction that removes some chunks or roll-up blocks and keeps the books of their sizes.</summary>
sealed class ChunkRemoval
{
    /// <summary>Pages SQLite gives back to the disk in one step (16 MiB).</summary>
    const int VacuumPages = 4096;

    readonly long[] growth = new long[Tiers.Count];

    /// <summary>The latest end of what was removed.</summary>
    internal long RemovedUpto { get; private set; }

    internal static async Task<bool> RunAsync(
        IDatabase database, SeriesState state, Func<ISqlSession, ChunkRemoval, CancellationToken, Task<bool>> work,
        CancellationToken cancellationToken)
    {
        var removal = new ChunkRemoval();
        var more = await database.WriteAsync(
            async (session, token) =>
            {
                removal.growth.AsSpan().Clear();
                var left = await work(session, removal, token);
                if (removal.growth.Any(bytes => bytes != 0))
                {
                    await SeriesState.StoreAsync(session, removal.growth, token);
                    if (session.Dialect == SqlDialect.Sqlite)
                        await session.ExecuteAsync($"PRAGMA incremental_vacuum({VacuumPages})", token);
                }

                return left;
            },
            cancellationToken);
        state.Apply(removal.growth);
        return more;
    }

    /// <summary>Removes the chunks (id, bytes, end) a query names; returns how many.</summary>
    internal async Task<int> ChunksAsync(ISqlSession session, string sql, CancellationToken cancellationToken, params SqlValue[] arguments)
    {
        var rows = await session.QueryAsync(
            sql, row => (Id: row.Int64(0), Bytes: row.Int64(1), To: row.Int64(2)), cancellationToken, arguments);
        foreach (var (id, bytes, to) in rows)
        {
            await session.ExecuteAsync("DELETE FROM series_chunks WHERE id = $1", cancellationToken, id);
            growth[(int)Tier.Raw] -= bytes;
            RemovedUpto = Math.Max(RemovedUpto, to + 1);
        }

        return rows.Count;
    }

    /// <summary>Removes the blocks (tier, series, start, bytes) a query names; returns how many.</summary>
    internal async Task<int> RollupsAsync(ISqlSession session, string sql, CancellationToken cancellationToken, params SqlValue[] arguments)
    {
        var rows = await session.QueryAsync(
            sql, row => (Tier: row.Int64(0), Series: row.Int64(1), Start: row.Int64(2), Bytes: row.Int64(3)), cancellationToken, arguments);
        foreach (var (tier, series, start, bytes) in rows)
        {
            await session.ExecuteAsync(
                "DELETE FROM series_rollups WHERE series = $1 AND tier = $2 AND start_us = $3", cancellationToken, series, tier, start);
            growth[tier] -= bytes;
            RemovedUpto = Math.Max(RemovedUpto, start + ((Tier)tier).BlockMicros());
        }

        return rows.Count;
    }
}
