using System.Buffers.Binary;

namespace Netronome.Server.Series;

/// <summary>
/// Buckets of one block, ascending, to compressed bytes and back. Same envelope as <see cref="ChunkCodec"/>: format, CRC-32C,
/// arithmetic-coded stream. One subclass for each kind says what a bucket holds; each is written once for both directions.
/// </summary>
abstract class RollupCodec<TBucket>(byte format)
    where TBucket : class, IBucket<TBucket>
{
    /// <summary>No block of any tier has more buckets.</summary>
    internal const int MaxBuckets = 512;

    const int HeaderBytes = 5, CountBits = 10;

    readonly IntegerModel places = new();
    readonly byte[] buffer = new byte[8192];

    internal byte[] Encode(long blockStart, long width, IReadOnlyList<TBucket> buckets)
    {
        if (buckets.Count is 0 or > MaxBuckets)
            throw new ArgumentException($"A block holds 1 to {MaxBuckets} buckets.", nameof(buckets));
        Choose(buckets);
        var coder = new BitEncoder(buffer);
        coder.Raw((ulong)buckets.Count, CountBits);
        places.Reset();
        Begin(ref coder);
        var place = -1L;
        foreach (var bucket in buckets)
        {
            var next = (bucket.StartMicros - blockStart) / width;
            places.Code(ref coder, next - place - 1);
            place = next;
            CodeBucket(ref coder, bucket);
        }

        var stream = coder.Finish();
        var block = new byte[HeaderBytes + stream.Length];
        block[0] = format;
        stream.CopyTo(block.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(1), ChunkCodec.Checksum(stream));
        return block;
    }

    /// <summary>The buckets of a block.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Encode"/> made.</exception>
    internal List<TBucket> Decode(long blockStart, long width, ReadOnlySpan<byte> block)
    {
        if (block.Length < HeaderBytes || block[0] != format)
            throw new InvalidDataException("The roll-up has an unknown format.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(block[1..]) != ChunkCodec.Checksum(block[HeaderBytes..]))
            throw new InvalidDataException("The roll-up is damaged: its checksum differs.");
        return DecodeStream(blockStart, width, block[HeaderBytes..]);
    }

    /// <summary>Without the checksum; any bytes give some buckets or <see cref="InvalidDataException"/>.</summary>
    internal List<TBucket> DecodeStream(long blockStart, long width, ReadOnlySpan<byte> stream)
    {
        var coder = new BitDecoder(stream);
        var count = (int)coder.Raw(0, CountBits);
        if (count is 0 or > MaxBuckets)
            throw new InvalidDataException($"The roll-up claims {count} buckets.");
        places.Reset();
        Begin(ref coder);
        var buckets = new List<TBucket>(count);
        var place = -1L;
        for (var index = 0; index < count; index++)
        {
            place += 1 + places.Code(ref coder, 0);
            if (place is < 0 or >= MaxBuckets)
                throw new InvalidDataException("The roll-up has a bucket outside its block.");
            var bucket = TBucket.Create(blockStart + (place * width));
            CodeBucket(ref coder, bucket);
            buckets.Add(bucket);
        }

        return buckets;
    }

    /// <summary>Looks at what will be encoded.</summary>
    protected abstract void Choose(IReadOnlyList<TBucket> buckets);

    /// <summary>Settings of the block; forgets the last one.</summary>
    protected abstract void Begin<TCoder>(ref TCoder coder)
        where TCoder : struct, IBitCoder, allows ref struct;

    /// <summary>Passes every member through the coder and stores what comes back.</summary>
    protected abstract void CodeBucket<TCoder>(ref TCoder coder, TBucket bucket)
        where TCoder : struct, IBitCoder, allows ref struct;
}
