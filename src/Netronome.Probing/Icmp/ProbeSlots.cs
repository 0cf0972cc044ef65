namespace Netronome.Probing.Icmp;

/// <summary>What is known of one probe.</summary>
enum ProbeState : byte
{
    Free,
    InFlight,
    Answered,
    Lost,
    LostThenLate,
}

/// <summary>One probe from sending until nothing about it can come any more.</summary>
struct ProbeSlot
{
    public IcmpRun? Run;
    public long Sequence;
    public long SentAt;
    public long WallOffset;

    /// <summary>The kernel's transmit stamp; 0 until it is there.</summary>
    public long KernelSentAt;

    /// <summary>Tells the uses of the slot apart, so that an answer to an earlier one is a stranger.</summary>
    public uint Generation;

    /// <summary>The run's next younger probe, or the next free slot; -1 is none.</summary>
    public int Next;

    public ProbeState State;
}

/// <summary>The probes that something may still come for, of all runs. Slots are reused, never freed.</summary>
sealed class ProbeSlots
{
    ProbeSlot[] slots = new ProbeSlot[256];
    int used;
    int free = -1;

    public ref ProbeSlot this[int index] => ref slots[index];

    /// <summary>Takes a slot and leaves it in flight.</summary>
    public int Rent(IcmpRun run)
    {
        var index = free;
        if (index >= 0)
        {
            free = slots[index].Next;
        }
        else
        {
            if (used == slots.Length)
                Array.Resize(ref slots, slots.Length * 2);
            index = used++;
        }

        ref var slot = ref slots[index];
        slot.Run = run;
        slot.State = ProbeState.InFlight;
        slot.KernelSentAt = 0;
        slot.Next = -1;
        return index;
    }

    public void Return(int index)
    {
        ref var slot = ref slots[index];
        slot.Run = null;
        slot.State = ProbeState.Free;
        slot.Generation++;
        slot.Next = free;
        free = index;
    }

    /// <summary>The number that goes out with the probe.</summary>
    public ulong TokenOf(int index) => (ulong)slots[index].Generation << 32 | (uint)index;

    /// <summary>The slot of a token; -1 when that probe is long gone.</summary>
    public int Find(ulong token)
    {
        var index = (uint)token;
        return index < (uint)used && slots[index].State != ProbeState.Free && slots[index].Generation == (uint)(token >> 32)
            ? (int)index
            : -1;
    }
}
