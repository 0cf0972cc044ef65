using System.Runtime.CompilerServices;

namespace Netronome.Server.Series;

/// <summary>
/// The learned probability that a bit is 1. Learns fast at first (the first bits seen weigh 1/2, 1/3, 1/4 …) and slowly later, so
/// that a chunk of a few thousand samples comes near the entropy of its data.
/// </summary>
struct AdaptiveBit
{
    const int Limit = 127;
    static readonly ushort[] Weights = [.. Enumerable.Range(0, Limit + 1).Select(seen => (ushort)(65536 / (seen + 1.6)))];

    ushort probability;
    byte seen;

    /// <summary>Probability of 1 in 1/65536, never 0 nor 1.</summary>
    internal readonly uint Probability => (uint)(probability ^ 0x8000);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Learn(int bit)
    {
        // Stored with the top bit flipped, so that the default value means one half.
        var current = probability ^ 0x8000;
        var target = bit == 0 ? 48 : 65488;
        current += ((target - current) * Weights[seen]) >> 16;
        probability = (ushort)(current ^ 0x8000);
        if (seen < Limit)
            seen++;
    }
}
