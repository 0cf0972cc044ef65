using System.Runtime.CompilerServices;

namespace Netronome.Server.Series;

/// <summary>
/// An arithmetic coder of bits. Encoder and decoder share every model: code is written once as "this value goes through here", the
/// encoder writes it and returns it, the decoder ignores it and returns what was written.
/// </summary>
interface IBitCoder
{
    /// <summary>One bit under a learned probability.</summary>
    int Bit(ref AdaptiveBit model, int bit);

    /// <summary>Up to 64 bits that are not worth a model.</summary>
    ulong Raw(ulong value, int bits);
}

/// <summary>
/// Carry-less binary arithmetic encoder (interval [low, high] of 32 bits, bytes leave when both ends agree on them).
/// </summary>
struct BitEncoder(byte[] buffer) : IBitCoder
{
    byte[] output = buffer;
    uint low = 0;
    uint high = uint.MaxValue;

    internal int Length { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bit(ref AdaptiveBit model, int bit)
    {
        Split(model.Probability, bit);
        model.Learn(bit);
        return bit;
    }

    public ulong Raw(ulong value, int bits)
    {
        for (var shift = bits - 1; shift >= 0; shift--)
            Split(0x8000, (int)(value >> shift) & 1);
        return value;
    }

    /// <summary>Writes what is left and returns all bytes.</summary>
    internal ReadOnlySpan<byte> Finish()
    {
        // One byte inside the interval is enough: the decoder reads zeros behind the end.
        if (low != 0)
            Put((byte)((low >> 24) + 1));
        return output.AsSpan(0, Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Split(uint probability, int bit)
    {
        var middle = low + (uint)(((ulong)(high - low) * probability) >> 16);
        if (bit != 0)
            high = middle;
        else
            low = middle + 1;
        while (((low ^ high) & 0xff00_0000) == 0)
        {
            Put((byte)(high >> 24));
            low <<= 8;
            high = (high << 8) | 0xff;
        }
    }

    void Put(byte value)
    {
        if (Length == output.Length)
            Array.Resize(ref output, Math.Max(64, output.Length * 2));
        output[Length++] = value;
    }
}

/// <summary>Reads what <see cref="BitEncoder"/> wrote. Any bytes decode to something; behind the end come zeros.</summary>
ref struct BitDecoder : IBitCoder
{
    readonly ReadOnlySpan<byte> input;
    uint low = 0;
    uint high = uint.MaxValue;
    uint window = 0;
    int position = 0;

    internal BitDecoder(ReadOnlySpan<byte> input)
    {
        this.input = input;
        for (var index = 0; index < 4; index++)
            window = (window << 8) | Next();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bit(ref AdaptiveBit model, int bit)
    {
        var read = Split(model.Probability);
        model.Learn(read);
        return read;
    }

    public ulong Raw(ulong value, int bits)
    {
        ulong read = 0;
        for (var index = 0; index < bits; index++)
            read = (read << 1) | (uint)Split(0x8000);
        return read;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Split(uint probability)
    {
        var middle = low + (uint)(((ulong)(high - low) * probability) >> 16);
        var bit = window <= middle ? 1 : 0;
        if (bit != 0)
            high = middle;
        else
            low = middle + 1;
        while (((low ^ high) & 0xff00_0000) == 0)
        {
            low <<= 8;
            high = (high << 8) | 0xff;
            window = (window << 8) | Next();
        }

        return bit;
    }

    byte Next() => position < input.Length ? input[position++] : (byte)0;
}
