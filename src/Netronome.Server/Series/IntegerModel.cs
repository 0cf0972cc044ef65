using System.Numerics;

namespace Netronome.Server.Series;

/// <summary>
/// Codes whole numbers near zero: whether it is zero, then the bit length through a learned tree (one tree for each recent magnitude, so
/// that calm and noisy stretches each find theirs), then the sign, the two bits below the leading one learned, and the rest plain.
/// </summary>
sealed class IntegerModel
{
    const int Lengths = 65, TreeSize = 64, Contexts = 8;

    readonly AdaptiveBit[] lengths = new AdaptiveBit[Contexts * TreeSize];
    readonly AdaptiveBit[] signs = new AdaptiveBit[Lengths];
    readonly AdaptiveBit[] tops = new AdaptiveBit[Lengths * 4];
    int recent;

    /// <summary>About what a number costs, in eighths of a bit.</summary>
    internal static long Cost(long value)
    {
        var size = (value < 0 ? ~(ulong)value : (ulong)value) + 1;
        var length = BitOperations.Log2(size);
        // The bits below the leading one, as a fraction: log2 is nearly straight between powers of two.
        return (length * 8) + (int)(length >= 3 ? (size >> (length - 3)) & 7 : (size << (3 - length)) & 7);
    }

    internal void Reset()
    {
        lengths.AsSpan().Clear();
        signs.AsSpan().Clear();
        tops.AsSpan().Clear();
        recent = 0;
    }

    internal long Code<TCoder>(ref TCoder coder, long value)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        var magnitude = (ulong)(value < 0 ? unchecked(-value) : value);
        var length = CodeLength(ref coder, 64 - BitOperations.LeadingZeroCount(magnitude));
        if (length == 0)
            return 0;
        var negative = coder.Bit(ref signs[length], value < 0 ? 1 : 0) != 0;
        var read = 1UL;
        var below = length - 1;
        for (int node = 1, learned = 0; learned < 2 && below > 0; learned++)
        {
            below--;
            var bit = coder.Bit(ref tops[(length * 4) + node], (int)(magnitude >> below) & 1);
            node = (node * 2) + bit;
            read = (read << 1) | (uint)bit;
        }

        if (below > 0)
            read = (read << below) | coder.Raw(magnitude & ((1UL << below) - 1), below);
        return unchecked(negative ? -(long)read : (long)read);
    }

    int CodeLength<TCoder>(ref TCoder coder, int length)
        where TCoder : struct, IBitCoder, allows ref struct
    {
        // Spread of the last few lengths, in quarters of a bit; close classes differ, far ones share.
        var context = Math.Min(Contexts - 1, recent >> 3);
        var tree = lengths.AsSpan(context * TreeSize, TreeSize);
        // Node 0 of the tree is not part of it and holds the bit for zero.
        if (coder.Bit(ref tree[0], length == 0 ? 1 : 0) != 0)
        {
            length = 0;
        }
        else
        {
            var node = 1;
            for (var shift = 5; shift >= 0; shift--)
                node = (node * 2) + coder.Bit(ref tree[node], ((length - 1) >> shift) & 1);
            length = node - TreeSize + 1;
        }

        recent = ((recent * 3) + (length * 4)) >> 2;
        return length;
    }
}
