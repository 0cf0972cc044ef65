using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Netronome.Probing.Linux;

/// <summary><c>struct sockaddr_in</c> and <c>struct sockaddr_in6</c> as bytes (linux/in.h, linux/in6.h).</summary>
static class SocketAddressBytes
{
    public const int Capacity = 32;
    const int V4Bytes = 16;
    const int V6Bytes = 28;

    /// <summary>Writes an address with port 0 and tells its length.</summary>
    public static int Write(IPAddress address, Span<byte> room)
    {
        room[..V6Bytes].Clear();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            BitConverter.TryWriteBytes(room, (ushort)Kernel.AfInet);
            address.TryWriteBytes(room[4..], out _);
            return V4Bytes;
        }

        BitConverter.TryWriteBytes(room, (ushort)Kernel.AfInet6);
        address.TryWriteBytes(room[8..], out _);
        BitConverter.TryWriteBytes(room[24..], (uint)address.ScopeId);
        return V6Bytes;
    }

    /// <summary>Reads an address; null when there is none.</summary>
    public static IPAddress? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
            return null;
        return BitConverter.ToUInt16(bytes) switch
        {
            Kernel.AfInet when bytes.Length >= 8 => new(bytes[4..8]),
            Kernel.AfInet6 when bytes.Length >= V6Bytes => new(bytes[8..24], BitConverter.ToUInt32(bytes[24..])),
            _ => null,
        };
    }

    /// <summary>The port, which for a datagram ICMP socket is its identifier.</summary>
    public static ushort ReadPort(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
}
