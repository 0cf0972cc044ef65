using Microsoft.Extensions.Logging;
using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>Rebuilds the heads from the journal when the store opens.</summary>
sealed partial class SeriesReplay(IDatabase database, SeriesIndex index, SeriesState state, TimeProvider time, ILogger logger)
{
    const int RowsAtOnce = 200;

    /// <summary>Journal rows that are still needed with their sizes, ascending.</summary>
    internal Queue<(long Row, long Bytes)> Rows { get; } = [];

    /// <summary>Series whose deletion was begun.</summary>
    internal List<SeriesId> Deleted { get; } = [];

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        await database.ReadAsync(
            async (session, token) =>
            {
                await state.LoadAsync(session, token);
                await LoadSeriesAsync(session, token);
                return 0;
            },
            cancellationToken);
        long samples = 0;
        for (long after = -1; ;)
        {
            var rows = await database.ReadAsync(
                (session, token) => session.QueryAsync(
                    "SELECT id, data FROM series_journal WHERE id > $1 ORDER BY id LIMIT $2",
                    row => (Id: row.Int64(0), Data: row.Bytes(1)), token, after, RowsAtOnce),
                cancellationToken);
            if (rows.Count == 0)
                break;
            foreach (var (id, data) in rows)
                samples += Replay(id, data);
            after = rows[^1].Id;
        }

        LogReplayed(Rows.Count, samples, index.Heads.Count);
    }

    Task<List<int>> LoadSeriesAsync(ISqlSession session, CancellationToken cancellationToken) => session.QueryAsync(
        "SELECT id, name, kind, deleted, sealed, last_us, last_bits, open_chunk FROM series",
        row =>
        {
            var id = new SeriesId(row.Int64(0));
            if (row.Truth(3))
            {
                Deleted.Add(id);
                return 0;
            }

            index.Add(row.Text(1), new(id, (SeriesKind)row.Int64(2))
            {
                Sealed = row.Int64(4),
                LastAt = row.Int64OrNull(5) ?? long.MinValue,
                LastBits = row.Int64OrNull(6) ?? 0,
                OpenChunk = row.Int64(7),
            });
            return 0;
        },
        cancellationToken);

    long Replay(long id, byte[] data)
    {
        long replayed = 0;
        var now = time.GetUtcNow().ToUnixTimeMicroseconds();
        Rows.Enqueue((id, data.Length));
        try
        {
            JournalRow.Decode(data, (long series, long first, int count, ref ReadOnlySpan<byte> samples, long baseAt) =>
            {
                var head = index.Find(new SeriesId(series));
                // What is sealed already stands before the head's own number.
                var known = head is null ? long.MaxValue : head.Sealed + head.Samples.Count - first;
                if (known < 0)
                    LogGap(id, series, -known);
                samples = SampleBuffer.Read(
                    samples, head?.Kind == SeriesKind.Gauge, baseAt, count, (head, known, id, now),
                    static (state, place, at, bits) =>
                    {
                        if (place >= state.known)
                            state.head!.Append(state.id, state.now, at, bits);
                    });
                replayed += Math.Max(0, count - Math.Max(0, known));
            });
        }
        catch (InvalidDataException exception)
        {
            LogDamaged(id, exception.Message);
        }

        return replayed;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Series store open: {Rows} journal rows with {Samples} samples for {Series} series")]
    partial void LogReplayed(int rows, long samples, int series);

    [LoggerMessage(Level = LogLevel.Error, Message = "Journal row {Row} is damaged, its samples are lost: {Reason}")]
    partial void LogDamaged(long row, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Before journal row {Row}, {Samples} samples of series {Series} are missing")]
    partial void LogGap(long row, long series, long samples);
}
