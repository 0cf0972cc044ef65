using System.Net;

namespace Netronome.Probing.Icmp;

/// <summary>What an <see cref="Arrival"/> is.</summary>
public enum ArrivalKind : byte
{
    /// <summary>An ICMP message, without IP header.</summary>
    Message,

    /// <summary>The moment at which a probe of ours left.</summary>
    Transmitted,

    /// <summary>An ICMP error; the bytes are the echo request it quotes, without IP header.</summary>
    Error,
}

/// <summary>One thing that came in.</summary>
public struct Arrival
{
    /// <summary>What it is.</summary>
    public ArrivalKind Kind { get; set; }

    /// <summary>Where in its slot the bytes begin.</summary>
    public int Offset { get; set; }

    /// <summary>Bytes there are in the slot.</summary>
    public int Length { get; set; }

    /// <summary>There was more than fits.</summary>
    public bool Truncated { get; set; }

    /// <summary>The kernel's stamp, nanoseconds since 1970; 0 when there is none.</summary>
    public long StampNanoseconds { get; set; }

    /// <summary>TTL or hop limit on arrival; 0 when not known.</summary>
    public byte Ttl { get; set; }

    /// <summary>What an <see cref="ArrivalKind.Error"/> means for the probe.</summary>
    public Loss Loss { get; set; }

    /// <summary>The token of a <see cref="ArrivalKind.Transmitted"/>.</summary>
    public ulong Token { get; set; }

    /// <summary>Who sent an <see cref="ArrivalKind.Error"/>.</summary>
    public IPAddress? ReportedBy { get; set; }

    /// <summary>Where the packet went that an <see cref="ArrivalKind.Error"/> quotes.</summary>
    public IPAddress? QuotedDestination { get; set; }
}

/// <summary>Arrivals taken at once, with room for their bytes. Reused for ever.</summary>
public sealed class ArrivalBatch
{
    /// <summary>Most arrivals in one batch.</summary>
    public const int Capacity = 256;

    /// <summary>Most bytes kept of one message; longer ones are told by their first bytes.</summary>
    public const int SlotBytes = 2048;

    internal byte[] Buffer { get; } = GC.AllocateArray<byte>(Capacity * SlotBytes, pinned: true);
    readonly Arrival[] arrivals = new Arrival[Capacity];

    /// <summary>How many there are now.</summary>
    public int Count { get; set; }

    /// <summary>Whether there may be more to take.</summary>
    public bool IsFull => Count == Capacity;

    /// <summary>One arrival.</summary>
    public ref Arrival this[int index] => ref arrivals[index];

    /// <summary>The room for the bytes of one arrival; it never moves in memory.</summary>
    public Span<byte> Slot(int index) => Buffer.AsSpan(index * SlotBytes, SlotBytes);

    /// <summary>The bytes of one arrival.</summary>
    public ReadOnlySpan<byte> Bytes(int index) => Buffer.AsSpan(index * SlotBytes + arrivals[index].Offset, arrivals[index].Length);
}
