using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>
/// Drops whole chunks that are too old, and the oldest ones of a tier that is too big; a few at a time, so that no lock is held for
/// long.
/// </summary>
sealed class SeriesRetention(IDatabase database, SeriesState state, SeriesStoreOptions options, TimeProvider time)
{
    const int RowsAtOnce = 100;

    /// <summary>One transaction; true when there is more to do.</summary>
    internal async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        foreach (var tier in Enum.GetValues<Tier>())
        {
            var limit = options.Of(tier);
            var oldest = time.GetUtcNow().Subtract(limit.Age).ToUnixTimeMicroseconds();
            var tooBig = state.BytesOf(tier) > limit.SizeBytes;
            // By size, everything up to the end of time is a candidate and the oldest go first.
            var before = tooBig ? long.MaxValue : oldest - tier.BlockMicros();
            if (await RemoveAsync(tier, before, tooBig, limit.SizeBytes, cancellationToken))
                return true;
        }

        return false;
    }

    async Task<bool> RemoveAsync(Tier tier, long before, bool bySize, long sizeBytes, CancellationToken cancellationToken)
    {
        return await ChunkRemoval.RunAsync(
            database, state,
            async (session, removal, token) =>
            {
                var most = bySize ? AtOnce(tier, sizeBytes) : RowsAtOnce;
                var rows = tier == Tier.Raw
                    ? await removal.ChunksAsync(
                        session, "SELECT id, length(data), to_us FROM series_chunks WHERE to_us < $1 ORDER BY to_us LIMIT $2", token,
                        before, most)
                    : await removal.RollupsAsync(
                        session,
                        "SELECT tier, series, start_us, length(data) FROM series_rollups WHERE tier = $1 AND start_us < $2 "
                        + "ORDER BY start_us LIMIT $3",
                        token, (long)tier, before, most);
                if (rows > 0)
                {
                    // Before the commit, so that no query still counts on what is about to go.
                    var horizon = removal.RemovedUpto;
                    state.Raise(tier, horizon);
                    await session.ExecuteAsync(
                        $"UPDATE series_state SET horizon{(int)tier} = $1 WHERE horizon{(int)tier} < $1", token, horizon);
                }

                return rows > 0;
            },
            cancellationToken);
    }

    /// <summary>Near the limit only as many as needed, guessed by the size of a chunk.</summary>
    int AtOnce(Tier tier, long sizeBytes) =>
        (int)Math.Clamp((state.BytesOf(tier) - sizeBytes) / SeriesHead.ChunkBytes, 1, RowsAtOnce);
}
