using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Netronome.Probing.Linux;

/// <summary>Walks the control messages of a received packet (<c>CMSG_NXTHDR</c>, sys/socket.h): size_t length, int level, int type, data to 8.</summary>
ref struct ControlMessages(ReadOnlySpan<byte> control)
{
    const int HeaderBytes = 16;

    ReadOnlySpan<byte> rest = control;

    public int Level { get; private set; }

    public int Type { get; private set; }

    public ReadOnlySpan<byte> Data { get; private set; }

    public bool TryNext()
    {
        if (rest.Length < HeaderBytes)
            return false;
        var length = MemoryMarshal.Read<ulong>(rest);
        if (length < HeaderBytes || length > (ulong)rest.Length)
            return false;
        Level = MemoryMarshal.Read<int>(rest[8..]);
        Type = MemoryMarshal.Read<int>(rest[12..]);
        Data = rest[HeaderBytes..(int)length];
        rest = rest[Math.Min(rest.Length, (int)(length + 7 & ~7UL))..];
        return true;
    }

    /// <summary>Writes the head of one control message at the start of the room, moves on past it, and gives the place of its data.</summary>
    public static Span<byte> Begin(ref Span<byte> room, ref int used, int level, int type, int dataBytes)
    {
        var length = HeaderBytes + dataBytes;
        var whole = length + 7 & ~7;
        var message = room[..whole];
        message.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(message, (ulong)length);
        BinaryPrimitives.WriteInt32LittleEndian(message[8..], level);
        BinaryPrimitives.WriteInt32LittleEndian(message[12..], type);
        room = room[whole..];
        used += whole;
        return message.Slice(HeaderBytes, dataBytes);
    }
}
