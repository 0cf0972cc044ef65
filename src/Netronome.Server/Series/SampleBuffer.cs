using System.Buffers.Binary;

namespace Netronome.Server.Series;

/// <summary>
/// Samples in order of arrival in few bytes: each as the difference to the one before, variable length. Used for unsealed samples in
/// memory and for the journal, where speed counts and chunks come later.
/// </summary>
sealed class SampleBuffer(bool gauge)
{
    byte[] bytes = [];
    int length;
    long lastAt, lastBits;

    internal int Count { get; private set; }

    internal ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, length);

    internal void Append(long at, long bits)
    {
        if (bytes.Length - length < 2 * Varint.MaxBytes)
            Array.Resize(ref bytes, Math.Max(64, bytes.Length + (bytes.Length / 2)));
        var target = bytes.AsSpan(length);
        var written = Varint.Write(target, Varint.ZigZag(unchecked(at - lastAt)));
        // Doubles differ in their high bytes, whole numbers in their low ones.
        written += Varint.Write(
            target[written..],
            gauge ? BinaryPrimitives.ReverseEndianness((ulong)(bits ^ lastBits)) : Varint.ZigZag(unchecked(bits - lastBits)));
        (length, lastAt, lastBits) = (length + written, at, bits);
        Count++;
    }

    /// <summary>Empties the buffer; the first sample after it is coded against <paramref name="at"/> and 0.</summary>
    internal void Clear(long at = 0)
    {
        (length, lastAt, lastBits, Count) = (0, at, 0, 0);
        if (bytes.Length > 4096)
            bytes = [];
    }

    /// <summary>Adds all samples from number <paramref name="skip"/> on.</summary>
    internal void CopyTo(SampleColumns into, int skip = 0) =>
        Read(Bytes, gauge, 0, Count, (into, skip), static (state, index, at, bits) =>
        {
            if (index >= state.skip)
                state.into.Add(at, bits);
        });

    /// <summary>Reads <paramref name="count"/> samples and returns what follows them.</summary>
    /// <exception cref="InvalidDataException">The bytes end too early.</exception>
    internal static ReadOnlySpan<byte> Read<TState>(
        ReadOnlySpan<byte> bytes, bool gauge, long baseAt, int count, TState state, Action<TState, int, long, long> add)
    {
        var (at, bits) = (baseAt, 0L);
        for (var index = 0; index < count; index++)
        {
            at = unchecked(at + Varint.UnZigZag(Varint.Read(ref bytes)));
            var difference = Varint.Read(ref bytes);
            bits = gauge
                ? bits ^ (long)BinaryPrimitives.ReverseEndianness(difference)
                : unchecked(bits + Varint.UnZigZag(difference));
            add(state, index, at, bits);
        }

        return bytes;
    }
}
