using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Netronome.Server.Series;

/// <summary>
/// Samples of one series, ascending in time, to compressed bytes and back, exactly. Layout: format (1 byte), CRC-32C of what follows
/// (4 bytes), arithmetic-coded stream. Holds its models between calls and serves one caller at a time.
/// </summary>
sealed class ChunkCodec
{
    /// <summary>More samples than this are never in one chunk, whatever the bytes claim.</summary>
    internal const int MaxSamples = 8192;

    const int HeaderBytes = 5, CountBits = 14;

    /// <summary>Format byte: 0x10 + kind; another layout takes another high digit.</summary>
    const int Format = 0x10;

    readonly TimeModel times = new();
    readonly LevelModel levels = new();
    readonly GaugeModel gauges = new();
    readonly AdaptiveBit[] lost = new AdaptiveBit[4];
    readonly AdaptiveBit[] reasons = new AdaptiveBit[256];
    readonly List<long> scratch = [];
    readonly byte[] buffer = new byte[16384];

    internal byte[] Encode(SeriesKind kind, ReadOnlySpan<long> at, ReadOnlySpan<long> bits)
    {
        if (at.Length is 0 or > MaxSamples || at.Length != bits.Length)
            throw new ArgumentException($"A chunk holds 1 to {MaxSamples} samples.", nameof(at));
        Choose(kind, at, bits);
        var coder = new BitEncoder(buffer);
        coder.Raw((ulong)at.Length, CountBits);
        CodeSamples(ref coder, kind, at.Length, at, bits, [], []);
        var stream = coder.Finish();
        var chunk = new byte[HeaderBytes + stream.Length];
        chunk[0] = (byte)(Format + (int)kind);
        stream.CopyTo(chunk.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(1), Checksum(stream));
        return chunk;
    }

    /// <summary>Decodes into lists.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Encode"/> made.</exception>
    internal void Decode(ReadOnlySpan<byte> chunk, SampleColumns into)
    {
        if (chunk.Length < HeaderBytes || (chunk[0] & 0xf0) != Format)
            throw new InvalidDataException("The chunk has an unknown format.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(chunk[1..]) != Checksum(chunk[HeaderBytes..]))
            throw new InvalidDataException("The chunk is damaged: its checksum differs.");
        DecodeStream((SeriesKind)(chunk[0] & 0x0f), chunk[HeaderBytes..], into);
    }

    /// <summary>Without the checksum; any bytes give some samples or <see cref="InvalidDataException"/>.</summary>
    internal void DecodeStream(SeriesKind kind, ReadOnlySpan<byte> stream, SampleColumns into)
    {
        if (kind is not (SeriesKind.Gauge or SeriesKind.Counter or SeriesKind.Probe))
            throw new InvalidDataException("The chunk has an unknown kind.");
        var coder = new BitDecoder(stream);
        var count = (int)coder.Raw(0, CountBits);
        if (count is 0 or > MaxSamples)
            throw new InvalidDataException($"The chunk claims {count} samples.");
        into.Extend(count, out var at, out var bits);
        CodeSamples(ref coder, kind, count, [], [], at, bits);
    }

    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    void Choose(SeriesKind kind, ReadOnlySpan<long> at, ReadOnlySpan<long> bits)
    {
        times.Choose(at);
        if (kind == SeriesKind.Gauge)
        {
            gauges.Choose(bits);
            return;
        }

        scratch.Clear();
        for (var index = 0; index < bits.Length; index++)
        {
            if (kind == SeriesKind.Counter)
                scratch.Add(unchecked(bits[index] - (index == 0 ? 0 : bits[index - 1])));
            else if (bits[index] >= 0)
                scratch.Add(bits[index]);
        }

        var values = CollectionsMarshal.AsSpan(scratch);
        // A counter's first value is absolute; it must not spoil the divisor of the growth.
        levels.Choose(kind == SeriesKind.Counter ? values[1..] : values);
    }

    void CodeSamples<TCoder>(
        ref TCoder coder, SeriesKind kind, int count, ReadOnlySpan<long> at, ReadOnlySpan<long> bits, Span<long> atOut, Span<long> bitsOut)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        times.CodeHeader(ref coder);
        if (kind == SeriesKind.Gauge)
            gauges.CodeHeader(ref coder);
        else
            levels.CodeHeader(ref coder);
        lost.AsSpan().Clear();
        reasons.AsSpan().Clear();
        var encoding = !at.IsEmpty;
        var (before, lostBefore) = (0L, 0);
        for (var index = 0; index < count; index++)
        {
            var time = times.Code(ref coder, encoding ? at[index] : 0);
            var value = encoding ? bits[index] : 0;
            value = kind switch
            {
                SeriesKind.Gauge => gauges.Code(ref coder, value),
                SeriesKind.Counter => CodeCount(ref coder, value, index == 0, ref before),
                _ => CodeProbe(ref coder, value, ref lostBefore),
            };
            if (encoding)
                continue;
            atOut[index] = time;
            bitsOut[index] = value;
        }
    }

    long CodeCount<TCoder>(ref TCoder coder, long value, bool first, ref long before)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        before = first
            ? (long)coder.Raw((ulong)value, 64)
            : unchecked(before + levels.Code(ref coder, unchecked(value - before)));
        return before;
    }

    long CodeProbe<TCoder>(ref TCoder coder, long value, ref int lostBefore)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        // The two probes before say whether this is a lone loss or an outage.
        var isLost = coder.Bit(ref lost[lostBefore], value < 0 ? 1 : 0);
        lostBefore = ((lostBefore << 1) | isLost) & 3;
        if (isLost == 0)
            return levels.Code(ref coder, value);
        var reason = (int)-value & 0xff;
        var node = 1;
        for (var shift = 7; shift >= 0; shift--)
            node = (node * 2) + coder.Bit(ref reasons[node], (reason >> shift) & 1);
        return -Math.Max(1, node & 0xff);
    }
}
