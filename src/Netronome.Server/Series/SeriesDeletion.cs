using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>
/// Removes a series: first its name, so that it is gone for everybody and a crash does not bring it back, then its data in steps short
/// enough that writers do not notice.
/// </summary>
sealed class SeriesDeletion(SeriesId series, bool alreadyMarked)
{
    const int RowsAtOnce = 200;

    internal SeriesId Series { get; } = series;

    internal bool Marked { get; private set; } = alreadyMarked;

    internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal async Task MarkAsync(IDatabase database, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            (session, token) => session.ExecuteAsync(
                "UPDATE series SET deleted = 1, name = 'deleted ' || CAST(id AS TEXT) WHERE id = $1", token, Series.Value),
            cancellationToken);
        Marked = true;
    }

    /// <summary>False when nothing is left.</summary>
    internal Task<bool> StepAsync(IDatabase database, SeriesState state, CancellationToken cancellationToken) =>
        ChunkRemoval.RunAsync(database, state, RemoveAsync, cancellationToken);

    async Task<bool> RemoveAsync(ISqlSession session, ChunkRemoval removal, CancellationToken cancellationToken)
    {
        var more = await removal.ChunksAsync(
            session, "SELECT id, length(data), to_us FROM series_chunks WHERE series = $1 LIMIT $2", cancellationToken,
            Series.Value, RowsAtOnce) == RowsAtOnce;
        more |= await removal.RollupsAsync(
            session, "SELECT tier, series, start_us, length(data) FROM series_rollups WHERE series = $1 LIMIT $2", cancellationToken,
            Series.Value, RowsAtOnce) == RowsAtOnce;
        if (!more)
            await session.ExecuteAsync("DELETE FROM series WHERE id = $1 AND deleted = 1", cancellationToken, Series.Value);
        return more;
    }
}
