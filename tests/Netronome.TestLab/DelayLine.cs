using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Netronome.TestLab;

/// <summary>
/// One direction of a <see cref="TunForwarder"/>: packets wait in unmanaged slots for their due time. Everything but
/// <see cref="Conditions"/> and <see cref="Counts"/> belongs to the forwarder's thread. The random choices are seeded, so
/// that the same packets in the same order meet the same fate.
/// </summary>
sealed unsafe class DelayLine(int source, int sink, LinkConditions conditions, int seed) : IDisposable
{
    const int SlotBytes = 2048;
    const int SlotCount = 16_384;

    readonly byte* slots = (byte*)NativeMemory.Alloc(SlotCount, SlotBytes);
    readonly int[] lengths = new int[SlotCount];
    readonly Stack<int> free = new(Enumerable.Range(0, SlotCount).Reverse());
    readonly PriorityQueue<int, (long DueNanoseconds, long Order)> waiting = new(SlotCount);
    readonly Random random = new(seed);
    LinkConditions conditions = conditions;
    long lastDue;
    long order;
    long received, delivered, heldBack, duplicated, overflowed;

    internal LinkConditions Conditions
    {
        set => Volatile.Write(ref conditions, value);
    }

    internal ForwarderCounts Counts => new(Volatile.Read(ref received), Volatile.Read(ref delivered), Volatile.Read(ref heldBack),
        Volatile.Read(ref duplicated), Volatile.Read(ref overflowed));

    /// <summary>When the next packet is due on the monotonic clock, in nanoseconds; the largest number when none waits.</summary>
    internal long NextDue => waiting.TryPeek(out _, out var key) ? key.DueNanoseconds : long.MaxValue;

    internal void Take(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!free.TryPeek(out var slot))
            {
                // No slot left: the packet is read and thrown away, as in a full queue.
                byte lost;
                if (Libc.Read(source, &lost, 1) < 0)
                {
                    return;
                }

                received++;
                overflowed++;
                continue;
            }

            var length = Libc.Read(source, slots + (slot * SlotBytes), SlotBytes);
            if (length <= 0)
            {
                return;
            }

            received++;
            free.Pop();
            lengths[slot] = (int)length;
            Hold(slot);
        }
    }

    internal void DeliverDue()
    {
        while (waiting.TryPeek(out var slot, out var key) && key.DueNanoseconds <= Stopwatch.GetTimestamp())
        {
            waiting.Dequeue();
            if (Libc.Write(sink, slots + (slot * SlotBytes), (nuint)lengths[slot]) == lengths[slot])
            {
                delivered++;
            }
            else
            {
                overflowed++;
            }

            free.Push(slot);
        }
    }

    void Hold(int slot)
    {
        var now = Stopwatch.GetTimestamp();
        var current = Volatile.Read(ref conditions);
        var delay = Nanoseconds(current.Delay);
        if (current.Jitter > TimeSpan.Zero)
        {
            delay += (long)(((random.NextDouble() * 2) - 1) * Nanoseconds(current.Jitter));
        }

        var due = Math.Max(now + delay, lastDue);
        if (current.Reorder > 0 && random.NextDouble() < current.Reorder)
        {
            // Held back alone: the packets behind it keep their own time.
            heldBack++;
            waiting.Enqueue(slot, (due + Nanoseconds(current.ReorderBy), order++));
        }
        else
        {
            lastDue = due;
            waiting.Enqueue(slot, (due, order++));
        }

        if (current.Duplicate > 0 && random.NextDouble() < current.Duplicate && free.TryPop(out var copy))
        {
            duplicated++;
            lengths[copy] = lengths[slot];
            Buffer.MemoryCopy(slots + (slot * SlotBytes), slots + (copy * SlotBytes), SlotBytes, lengths[slot]);
            waiting.Enqueue(copy, (due, order++));
        }
    }

    static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;

    public void Dispose() => NativeMemory.Free(slots);
}
