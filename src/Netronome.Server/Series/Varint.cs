namespace Netronome.Server.Series;

/// <summary>Whole numbers in 7-bit groups, least first, the top bit says that more follow.</summary>
static class Varint
{
    internal const int MaxBytes = 10;

    internal static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    internal static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    internal static int Write(Span<byte> target, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            target[length++] = (byte)(value | 0x80);
        target[length++] = (byte)value;
        return length;
    }

    /// <summary>Reads one and moves on.</summary>
    /// <exception cref="InvalidDataException">The bytes end inside a number, or it is longer than 64 bits.</exception>
    internal static ulong Read(ref ReadOnlySpan<byte> source)
    {
        ulong value = 0;
        for (var index = 0; index < MaxBytes && index < source.Length; index++)
        {
            value |= (ulong)(source[index] & 0x7f) << (7 * index);
            if (source[index] >= 0x80)
                continue;
            source = source[(index + 1)..];
            return value;
        }

        throw new InvalidDataException("A number in the journal is cut off or too long.");
    }
}
