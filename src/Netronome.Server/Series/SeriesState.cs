using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>The one row of <c>series_state</c> as the writer knows it.</summary>
sealed class SeriesState
{
    readonly long[] bytes = new long[Tiers.Count];
    readonly long[] horizons = new long[Tiers.Count];

    /// <summary>Number of the last commit; also the number of its journal row.</summary>
    internal long CommitNumber { get; private set; }

    /// <summary>The greatest number of a chunk so far.</summary>
    internal long LastChunk { get; set; }

    internal long TotalBytes => bytes.Sum();

    internal long BytesOf(Tier tier) => Volatile.Read(ref bytes[(int)tier]);

    /// <summary>Data of the tier that ended before this time may be gone.</summary>
    internal long HorizonOf(Tier tier) => Volatile.Read(ref horizons[(int)tier]);

    internal async Task LoadAsync(ISqlSession session, CancellationToken cancellationToken)
    {
        await session.QueryAsync(
            "SELECT commit_number, bytes0, bytes1, bytes2, bytes3, horizon0, horizon1, horizon2, horizon3 FROM series_state",
            row =>
            {
                CommitNumber = row.Int64(0);
                for (var tier = 0; tier < Tiers.Count; tier++)
                    (bytes[tier], horizons[tier]) = (row.Int64(1 + tier), row.Int64(1 + Tiers.Count + tier));
                return 0;
            },
            cancellationToken);
        LastChunk = (await session.QueryAsync(
            "SELECT COALESCE(MAX(id), 0) FROM series_chunks", row => row.Int64(0), cancellationToken))[0];
    }

    /// <summary>
    /// Runs <paramref name="work"/> as commit number <see cref="CommitNumber"/> + 1, exactly once: when an earlier attempt was committed but
    /// its answer got lost, the number is already there and the work is not done again. The same work must be tried until it succeeds.
    /// </summary>
    internal async Task CommitAsync(
        IDatabase database, Func<ISqlSession, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var next = CommitNumber + 1;
        await database.WriteAsync(
            async (session, token) =>
            {
                var moved = await session.ExecuteAsync(
                    "UPDATE series_state SET commit_number = $1 WHERE commit_number = $2", token, next, CommitNumber);
                if (moved == 1)
                {
                    await work(session, token);
                    return 0;
                }

                var stored = (await session.QueryAsync("SELECT commit_number FROM series_state", row => row.Int64(0), token))[0];
                return stored == next
                    ? 0
                    : throw new DatabaseException(DatabaseFault.Locked,
                        $"Another server wrote to the series store (commit {stored}, expected {CommitNumber}).");
            },
            cancellationToken);
        CommitNumber = next;
    }

    /// <summary>Adds to the stored sizes; <see cref="Apply"/> after the commit.</summary>
    internal static Task StoreAsync(ISqlSession session, long[] growth, CancellationToken cancellationToken) => session.ExecuteAsync(
        "UPDATE series_state SET bytes0 = bytes0 + $1, bytes1 = bytes1 + $2, bytes2 = bytes2 + $3, bytes3 = bytes3 + $4",
        cancellationToken, growth[0], growth[1], growth[2], growth[3]);

    internal void Apply(long[] growth)
    {
        for (var tier = 0; tier < Tiers.Count; tier++)
            Interlocked.Add(ref bytes[tier], growth[tier]);
    }

    internal void Raise(Tier tier, long horizon)
    {
        if (horizon > HorizonOf(tier))
            Volatile.Write(ref horizons[(int)tier], horizon);
    }
}
