using System.Buffers.Binary;

namespace Netronome.Server.Series;

/// <summary>
/// Codes doubles bit for bit: as whole numbers of a power of ten when all of them are (most sensors), otherwise as the difference in
/// bits to the last value, byte by byte under learned trees.
/// </summary>
sealed class GaugeModel
{
    const int MaxDecimals = 9, Binary = 15;
    static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    readonly LevelModel levels = new();
    readonly AdaptiveBit[] bytes = new AdaptiveBit[8 * 2 * 256];
    int decimals;
    long last;

    internal void Choose(ReadOnlySpan<long> bits)
    {
        decimals = Binary;
        for (var candidate = 0; candidate <= MaxDecimals; candidate++)
        {
            if (TryScale(bits, candidate) is not { } scaled)
                continue;
            decimals = candidate;
            levels.Choose(scaled);
            return;
        }
    }

    internal void CodeHeader<TCoder>(ref TCoder coder)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        decimals = (int)coder.Raw((ulong)decimals, 4);
        if (decimals <= MaxDecimals)
            levels.CodeHeader(ref coder);
        bytes.AsSpan().Clear();
        last = 0;
    }

    /// <summary>One double by its bits.</summary>
    internal long Code<TCoder>(ref TCoder coder, long bits)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        if (decimals > MaxDecimals)
            return CodeBits(ref coder, bits);
        var scale = Powers[decimals];
        var scaled = (long)Math.Round(BitConverter.Int64BitsToDouble(bits) * scale);
        return BitConverter.DoubleToInt64Bits(levels.Code(ref coder, scaled) / scale);
    }

    long CodeBits<TCoder>(ref TCoder coder, long bits)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        Span<byte> difference = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(difference, bits ^ last);
        var above = 0;
        for (var index = 0; index < 8; index++)
        {
            var tree = bytes.AsSpan(((index * 2) + above) * 256, 256);
            var node = 1;
            for (var shift = 7; shift >= 0; shift--)
                node = (node * 2) + coder.Bit(ref tree[node], (difference[index] >> shift) & 1);
            difference[index] = (byte)node;
            above = difference[index] == 0 ? above : 1;
        }

        return last ^= BinaryPrimitives.ReadInt64BigEndian(difference);
    }

    static long[]? TryScale(ReadOnlySpan<long> bits, int decimals)
    {
        var scale = Powers[decimals];
        var scaled = new long[bits.Length];
        for (var index = 0; index < bits.Length; index++)
        {
            var number = Math.Round(BitConverter.Int64BitsToDouble(bits[index]) * scale);
            if (!(Math.Abs(number) < 1L << 53) || BitConverter.DoubleToInt64Bits((long)number / scale) != bits[index])
                return null;
            scaled[index] = (long)number;
        }

        return scaled;
    }
}
