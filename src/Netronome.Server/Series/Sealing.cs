using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>
/// Turns whole heads into chunks and roll-ups and drops the journal rows that no head needs any more: one transaction, so that at any
/// instant a sample is either in the journal or in a chunk together with all its roll-ups.
/// </summary>
sealed class Sealing(
    IReadOnlyList<SeriesHead> heads, SeriesState state, long journalBefore, SealingCodecs codecs, Action<SeriesHead, string> damaged)
{
    readonly long firstChunk = state.LastChunk + 1;
    readonly Dictionary<SeriesHead, Outcome> outcomes = [];
    readonly List<SqlValue[]> blocks = [];
    readonly long[] growth = new long[Tiers.Count];
    long nextChunk;

    sealed record Outcome(int Samples, long LastAt, long LastBits, long OpenChunk, int FullSamples, int FullBytes);

    /// <summary>The transaction; repeated from the start when an attempt failed.</summary>
    internal async Task StoreAsync(ISqlSession session, CancellationToken cancellationToken)
    {
        nextChunk = firstChunk;
        outcomes.Clear();
        growth.AsSpan().Clear();
        blocks.Clear();
        List<SqlValue[]> chunks = [];
        foreach (var head in heads)
            await SealAsync(session, head, chunks, cancellationToken);
        await session.InsertAsync(
            "series_chunks", ["id", "series", "from_us", "to_us", "samples", "data"], chunks, cancellationToken);
        await session.InsertAsync("series_rollups", ["tier", "series", "start_us", "data"], blocks, cancellationToken);
        await SeriesState.StoreAsync(session, growth, cancellationToken);
        await session.ExecuteAsync("DELETE FROM series_journal WHERE id < $1", cancellationToken, journalBefore);
    }

    /// <summary>After the commit: the heads are empty and know what was sealed.</summary>
    internal void Apply()
    {
        foreach (var (head, outcome) in outcomes)
        {
            lock (head.Gate)
            {
                head.Samples.Clear();
                head.Sealed += outcome.Samples;
            }

            (head.LastAt, head.LastBits, head.OpenChunk) = (outcome.LastAt, outcome.LastBits, outcome.OpenChunk);
            if (outcome.FullBytes > 0)
                head.Learn(outcome.FullSamples, outcome.FullBytes);
        }

        state.Apply(growth);
        state.LastChunk = nextChunk - 1;
    }

    async Task SealAsync(ISqlSession session, SeriesHead head, List<SqlValue[]> chunks, CancellationToken cancellationToken)
    {
        var added = new SampleColumns();
        head.Samples.CopyTo(added);
        added.Sort();
        var samples = added.Count;
        var newest = added.At[^1] >= head.LastAt;
        var (lastAt, lastBits) = newest ? (added.At[^1], added.Bits[^1]) : (head.LastAt, head.LastBits);
        await RollUpAsync(session, head, added, cancellationToken);

        var joined = await WithOpenChunkAsync(session, head, added, cancellationToken);
        var (openChunk, fullSamples, fullBytes) = (0L, 0, 0);
        for (var start = 0; start < joined.Count;)
        {
            var count = Math.Min(head.FullAt, joined.Count - start);
            var data = codecs.Chunks.Encode(head.Kind, joined.At.Slice(start, count), joined.Bits.Slice(start, count));
            var id = nextChunk++;
            chunks.Add([id, head.Id.Value, joined.At[start], joined.At[start + count - 1], count, data]);
            growth[(int)Tier.Raw] += data.Length;
            openChunk = data.Length < SeriesHead.ChunkBytes * 3 / 5 && count < ChunkCodec.MaxSamples / 2 ? id : 0;
            if (count > fullSamples)
                (fullSamples, fullBytes) = (count, data.Length);
            start += count;
        }

        await session.ExecuteAsync(
            "UPDATE series SET sealed = sealed + $2, last_us = $3, last_bits = $4, open_chunk = $5 WHERE id = $1",
            cancellationToken, head.Id.Value, samples, lastAt, lastBits, openChunk);
        outcomes[head] = new(samples, lastAt, lastBits, openChunk, fullSamples, fullBytes);
    }

    /// <summary>A chunk that was sealed early takes the new samples in, so that slow series do not end up in crumbs.</summary>
    async Task<SampleColumns> WithOpenChunkAsync(
        ISqlSession session, SeriesHead head, SampleColumns added, CancellationToken cancellationToken)
    {
        if (head.OpenChunk == 0)
            return added;
        var found = await session.QueryAsync(
            "SELECT from_us, data FROM series_chunks WHERE id = $1", row => (From: row.Int64(0), Data: row.Bytes(1)),
            cancellationToken, head.OpenChunk);
        // Gone by retention; or these samples are far older and would stretch its range.
        if (found.Count == 0 || added.At[0] < found[0].From)
            return added;
        var joined = new SampleColumns();
        try
        {
            codecs.Chunks.Decode(found[0].Data, joined);
        }
        catch (InvalidDataException exception)
        {
            damaged(head, exception.Message);
            return added;
        }

        foreach (var index in Enumerable.Range(0, added.Count))
            joined.Add(added.At[index], added.Bits[index]);
        joined.Sort();
        await session.ExecuteAsync("DELETE FROM series_chunks WHERE id = $1", cancellationToken, head.OpenChunk);
        growth[(int)Tier.Raw] -= found[0].Data.Length;
        return joined;
    }

    Task RollUpAsync(ISqlSession session, SeriesHead head, SampleColumns added, CancellationToken cancellationToken) => head.Kind switch
    {
        SeriesKind.Probe => RollUpAsync(session, head, Rollup.Probes(added.At, added.Bits), codecs.Probes, cancellationToken),
        SeriesKind.Gauge => RollUpAsync(session, head, Rollup.Gauges(added.At, added.Bits), codecs.Gauges, cancellationToken),
        _ => RollUpAsync(
            session, head, Rollup.Counters(added.At, added.Bits, head.LastAt, head.LastBits), codecs.Counters, cancellationToken),
    };

    async Task RollUpAsync<TBucket>(
        ISqlSession session, SeriesHead head, List<TBucket> buckets, RollupCodec<TBucket> codec, CancellationToken cancellationToken)
        where TBucket : class, IBucket<TBucket>
    {
        foreach (var tier in Tiers.Rollups)
        {
            if (tier != Tier.Minute)
                buckets = Rollup.Widen(buckets, tier.BucketMicros());
            long Block(int place) => Tiers.Floor(buckets[place].StartMicros, tier.BlockMicros());
            var stored = (await session.QueryAsync(
                "SELECT start_us, data FROM series_rollups WHERE series = $1 AND tier = $2 AND start_us BETWEEN $3 AND $4",
                row => (Start: row.Int64(0), Data: row.Bytes(1)), cancellationToken, head.Id.Value, (long)tier, Block(0),
                Block(buckets.Count - 1))).ToDictionary(row => row.Start, row => row.Data);
            for (var first = 0; first < buckets.Count;)
            {
                var start = Block(first);
                var end = first + 1;
                while (end < buckets.Count && buckets[end].StartMicros < start + tier.BlockMicros())
                    end++;
                await StoreBlockAsync(
                    session, head, tier, start, buckets[first..end], stored.GetValueOrDefault(start), codec, cancellationToken);
                first = end;
            }
        }
    }

    async Task StoreBlockAsync<TBucket>(
        ISqlSession session, SeriesHead head, Tier tier, long start, List<TBucket> added, byte[]? stored, RollupCodec<TBucket> codec,
        CancellationToken cancellationToken)
        where TBucket : class, IBucket<TBucket>
    {
        try
        {
            if (stored is not null)
                added = Rollup.Merge(codec.Decode(start, tier.BucketMicros(), stored), [.. added]);
        }
        catch (InvalidDataException exception)
        {
            damaged(head, exception.Message);
        }

        var data = codec.Encode(start, tier.BucketMicros(), added);
        growth[(int)tier] += data.Length - (stored?.Length ?? 0);
        if (stored is null)
        {
            blocks.Add([(long)tier, head.Id.Value, start, data]);
            return;
        }

        await session.ExecuteAsync(
            "UPDATE series_rollups SET data = $4 WHERE series = $1 AND tier = $2 AND start_us = $3",
            cancellationToken, head.Id.Value, (long)tier, start, data);
    }
}

/// <summary>The codecs of one loop or one query; they keep their models and serve one caller at a time.</summary>
sealed class SealingCodecs
{
    internal ChunkCodec Chunks { get; } = new();

    internal ProbeRollupCodec Probes { get; } = new();

    internal GaugeRollupCodec Gauges { get; } = new();

    internal CounterRollupCodec Counters { get; } = new();
}
