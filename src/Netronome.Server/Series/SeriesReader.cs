using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>
/// Reads chunks, roll-ups and heads as one. The head is copied first and says which sample it begins with; the database snapshot says
/// how many are sealed; so nothing is counted twice and nothing is missed, whatever the writer does in between.
/// </summary>
sealed class SeriesReader(IDatabase database)
{
    /// <summary>What a snapshot of the database says about the samples of a series that are in chunks.</summary>
    internal readonly record struct SealedUpto(long Samples, long LastAt, long LastBits);

    /// <summary>
    /// All samples of <c>[from, to)</c> in order of time, with <paramref name="predecessor"/> also the last one before; at least
    /// the first <paramref name="limit"/>, and whether there are more.
    /// </summary>
    internal async Task<(SampleColumns Samples, bool More)> SamplesAsync(
        SeriesHead head, long from, long to, bool predecessor, long limit, CancellationToken cancellationToken)
    {
        var unsealed = new SampleColumns();
        var first = head.CopyTo(unsealed);
        var (chunks, done, upto) = await database.ReadAsync(
            async (session, token) =>
            {
                var end = await EndOfFirstAsync(session, head, from, to, limit, token);
                return (await ChunksAsync(session, head, from, end, predecessor, token), await SealedAsync(session, head, token), end);
            },
            cancellationToken);
        var all = new SampleColumns();
        var codec = new ChunkCodec();
        foreach (var chunk in chunks)
            Decode(codec, chunk, head, all);
        for (var index = Skip(done, first, unsealed); index < unsealed.Count; index++)
            all.Add(unsealed.At[index], unsealed.Bits[index]);
        all.Sort();
        return (Cut(all, from, upto, predecessor), upto < to);
    }

    /// <summary>The buckets of a tier, and the samples that are in none yet; spans may occur more than once.</summary>
    internal async Task<(List<TBucket> Buckets, SampleColumns Unsealed, SealedUpto Sealed)> BucketsAsync<TBucket>(
        SeriesHead head, QueryPlan plan, RollupCodec<TBucket> codec, CancellationToken cancellationToken)
        where TBucket : class, IBucket<TBucket>
    {
        var unsealed = new SampleColumns();
        var first = head.CopyTo(unsealed);
        var (blocks, done) = await database.ReadAsync(
            async (session, token) => (await session.QueryAsync(
                "SELECT start_us, data FROM series_rollups WHERE series = $1 AND tier = $2 AND start_us > $3 AND start_us < $4 "
                + "ORDER BY start_us",
                row => (Start: row.Int64(0), Data: row.Bytes(1)), token,
                head.Id.Value, (long)plan.Tier, plan.FromMicros - plan.Tier.BlockMicros(), plan.ToMicros),
                await SealedAsync(session, head, token)),
            cancellationToken);
        List<TBucket> buckets = [];
        foreach (var (start, data) in blocks)
        {
            try
            {
                buckets.AddRange(codec.Decode(start, plan.Tier.BucketMicros(), data));
            }
            catch (InvalidDataException exception)
            {
                throw Damaged(head, exception);
            }
        }

        var fresh = new SampleColumns();
        for (var index = Skip(done, first, unsealed); index < unsealed.Count; index++)
            fresh.Add(unsealed.At[index], unsealed.Bits[index]);
        fresh.Sort();
        return (buckets, fresh, done);
    }

    /// <summary>Start of the first chunk that is not needed for the first <paramref name="limit"/> samples, or the end.</summary>
    static async Task<long> EndOfFirstAsync(
        ISqlSession session, SeriesHead head, long from, long to, long limit, CancellationToken cancellationToken)
    {
        if (limit == long.MaxValue)
            return to;
        var chunks = await session.QueryAsync(
            "SELECT from_us, to_us, samples FROM series_chunks WHERE series = $1 AND to_us >= $2 AND from_us < $3 ORDER BY from_us",
            row => (From: row.Int64(0), To: row.Int64(1), Samples: row.Int64(2)), cancellationToken, head.Id.Value, from, to);
        var (samples, end) = (0L, long.MinValue);
        foreach (var chunk in chunks)
        {
            if (samples > limit && chunk.From > end)
                return chunk.From;
            samples += chunk.From >= from ? chunk.Samples : 0;
            end = Math.Max(end, chunk.To);
        }

        return to;
    }

    static async Task<List<byte[]>> ChunksAsync(
        ISqlSession session, SeriesHead head, long from, long to, bool predecessor, CancellationToken cancellationToken)
    {
        var chunks = await session.QueryAsync(
            "SELECT data FROM series_chunks WHERE series = $1 AND to_us >= $2 AND from_us < $3 ORDER BY from_us", row => row.Bytes(0),
            cancellationToken, head.Id.Value, from, to);
        if (predecessor)
        {
            chunks.AddRange(await session.QueryAsync(
                "SELECT data FROM series_chunks WHERE series = $1 AND to_us < $2 ORDER BY to_us DESC LIMIT 1", row => row.Bytes(0),
                cancellationToken, head.Id.Value, from));
        }

        return chunks;
    }

    static async Task<SealedUpto> SealedAsync(ISqlSession session, SeriesHead head, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync(
            "SELECT sealed, last_us, last_bits FROM series WHERE id = $1",
            row => new SealedUpto(row.Int64(0), row.Int64OrNull(1) ?? long.MinValue, row.Int64OrNull(2) ?? 0),
            cancellationToken, head.Id.Value);
        return rows.Count == 0 ? new(0, long.MinValue, 0) : rows[0];
    }

    static int Skip(SealedUpto done, long first, SampleColumns unsealed) => (int)Math.Clamp(done.Samples - first, 0, unsealed.Count);

    static SampleColumns Cut(SampleColumns all, long from, long to, bool predecessor)
    {
        var cut = new SampleColumns();
        var before = -1;
        for (var index = 0; index < all.Count && all.At[index] < to; index++)
        {
            if (all.At[index] < from)
            {
                before = index;
                continue;
            }

            if (predecessor && before >= 0 && cut.Count == 0)
                cut.Add(all.At[before], all.Bits[before]);
            cut.Add(all.At[index], all.Bits[index]);
        }

        return cut;
    }

    static void Decode(ChunkCodec codec, byte[] chunk, SeriesHead head, SampleColumns into)
    {
        try
        {
            codec.Decode(chunk, into);
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(head, exception);
        }
    }

    static DatabaseException Damaged(SeriesHead head, InvalidDataException exception) => new(
        DatabaseFault.Unusable, $"Stored data of series {head.Id.Value} is damaged ({exception.Message}).", exception);
}
