using System.Runtime.InteropServices;

namespace Netronome.Server.Series;

/// <summary>Samples of one series as two columns that grow.</summary>
sealed class SampleColumns
{
    readonly List<long> at = [];
    readonly List<long> bits = [];

    internal int Count => at.Count;

    internal Span<long> At => CollectionsMarshal.AsSpan(at);

    internal Span<long> Bits => CollectionsMarshal.AsSpan(bits);

    internal void Add(long atMicros, long value)
    {
        at.Add(atMicros);
        bits.Add(value);
    }

    internal void Clear()
    {
        at.Clear();
        bits.Clear();
    }

    /// <summary>Room for more samples, to be filled by the caller.</summary>
    internal void Extend(int count, out Span<long> newAt, out Span<long> newBits)
    {
        var start = at.Count;
        CollectionsMarshal.SetCount(at, start + count);
        CollectionsMarshal.SetCount(bits, start + count);
        newAt = At[start..];
        newBits = Bits[start..];
    }

    /// <summary>Orders by time; samples of the same time keep their order of arrival.</summary>
    internal void Sort()
    {
        var sorted = true;
        for (var index = 1; index < at.Count && sorted; index++)
            sorted = at[index] >= at[index - 1];
        if (sorted)
            return;
        var order = new int[at.Count];
        for (var index = 0; index < order.Length; index++)
            order[index] = index;
        Array.Sort(order, (left, right) => at[left] != at[right] ? at[left].CompareTo(at[right]) : left.CompareTo(right));
        var (atBefore, bitsBefore) = (at.ToArray(), bits.ToArray());
        for (var index = 0; index < order.Length; index++)
            (at[index], bits[index]) = (atBefore[order[index]], bitsBefore[order[index]]);
    }
}
