using System.Buffers.Binary;

namespace Netronome.Server.Series;

/// <summary>
/// One committed batch as bytes. Layout: format (1 byte), CRC-32C (4 bytes), then numbers: base time, and for each series its id, the number of
/// its first sample here (so that a replay knows which are sealed already), how many, and the samples.
/// </summary>
static class JournalRow
{
    const byte Format = 0x31;
    const int HeaderBytes = 5;

    internal delegate void Section(long series, long first, int count, ref ReadOnlySpan<byte> samples, long baseAt);

    /// <summary>The staged samples of <paramref name="heads"/>.</summary>
    internal static byte[] Encode(IReadOnlyList<SeriesHead> heads, long baseAt)
    {
        var row = new byte[HeaderBytes + Varint.MaxBytes + heads.Sum(head => head.Staged.Bytes.Length + (3 * Varint.MaxBytes))];
        var length = HeaderBytes + Varint.Write(row.AsSpan(HeaderBytes), Varint.ZigZag(baseAt));
        foreach (var head in heads)
        {
            length += Varint.Write(row.AsSpan(length), (ulong)head.Id.Value);
            length += Varint.Write(row.AsSpan(length), (ulong)(head.Sealed + head.Samples.Count));
            length += Varint.Write(row.AsSpan(length), (ulong)head.Staged.Count);
            head.Staged.Bytes.CopyTo(row.AsSpan(length));
            length += head.Staged.Bytes.Length;
        }

        row[0] = Format;
        BinaryPrimitives.WriteUInt32LittleEndian(row.AsSpan(1), ChunkCodec.Checksum(row.AsSpan(HeaderBytes, length - HeaderBytes)));
        return row[..length];
    }

    /// <summary>Calls <paramref name="section"/> for each series; it reads its samples.</summary>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    internal static void Decode(ReadOnlySpan<byte> row, Section section)
    {
        if (row.Length < HeaderBytes || row[0] != Format)
            throw new InvalidDataException("The journal row has an unknown format.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(row[1..]) != ChunkCodec.Checksum(row[HeaderBytes..]))
            throw new InvalidDataException("The journal row is damaged: its checksum differs.");
        DecodeBody(row[HeaderBytes..], section);
    }

    /// <summary>Without the checksum.</summary>
    internal static void DecodeBody(ReadOnlySpan<byte> rest, Section section)
    {
        var baseAt = Varint.UnZigZag(Varint.Read(ref rest));
        while (!rest.IsEmpty)
        {
            var series = (long)Varint.Read(ref rest);
            var first = (long)Varint.Read(ref rest);
            var count = Varint.Read(ref rest);
            // Two bytes are the least a sample takes.
            if (count > (ulong)rest.Length / 2)
                throw new InvalidDataException("The journal row claims more samples than it has bytes for.");
            section(series, first, (int)count, ref rest, baseAt);
        }
    }
}
