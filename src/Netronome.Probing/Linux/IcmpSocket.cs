using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Netronome.Probing.Icmp;
using Netronome.Protocols.Icmp;

namespace Netronome.Probing.Linux;

/// <summary>One non-blocking ICMP socket with kernel stamps, for all targets of a family.</summary>
sealed unsafe class IcmpSocket : IDisposable
{
    const int ReceiveBufferBytes = 4 << 20;
    const int KeyMask = 0xFFFF;
    const int SendAgain = 3;

    readonly SafeFileHandle handle;
    readonly ulong[] tokenByKey = new ulong[KeyMask + 1];
    uint nextKey;

    IcmpSocket(SafeFileHandle handle, IcmpVersion version, IcmpSocketMode mode)
    {
        this.handle = handle;
        Descriptor = (int)handle.DangerousGetHandle();
        Version = version;
        Mode = mode;
    }

    public int Descriptor { get; }

    public IcmpVersion Version { get; }

    public IcmpSocketMode Mode { get; }

    public ushort Identifier { get; private set; }

    public ClockSource Clock { get; private set; }

    /// <summary>Something may be waiting there; the owner asks only then.</summary>
    public bool MayHaveErrors { get; set; }

    /// <summary>Something may be waiting there; the owner asks only then.</summary>
    public bool MayHaveAnswers { get; set; }

    /// <summary>Opens a socket, or tells why the kernel refused.</summary>
    public static IcmpSocket? Open(IcmpVersion version, IcmpSocketMode mode, out int error)
    {
        var isV4 = version == IcmpVersion.V4;
        var descriptor = Libc.Socket(
            isV4 ? Kernel.AfInet : Kernel.AfInet6,
            (mode == IcmpSocketMode.Raw ? Kernel.SockRaw : Kernel.SockDatagram) | Kernel.SockNonBlocking | Kernel.SockCloseOnExec,
            isV4 ? Kernel.ProtocolIcmp : Kernel.ProtocolIcmpV6);
        error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        if (descriptor < 0)
            return null;
        var socket = new IcmpSocket(new(descriptor, ownsHandle: true), version, mode);
        socket.Configure();
        return socket;
    }

    void Configure()
    {
        if (!TrySet(Kernel.SolSocket, Kernel.SoReceiveBufferForce, ReceiveBufferBytes))
            TrySet(Kernel.SolSocket, Kernel.SoReceiveBuffer, ReceiveBufferBytes);
        if (Version == IcmpVersion.V4)
        {
            TrySet(Kernel.SolIp, Kernel.IpReceiveErrors, 1);
            TrySet(Kernel.SolIp, Kernel.IpReceiveTtl, 1);
        }
        else
        {
            TrySet(Kernel.SolIpV6, Kernel.IpV6ReceiveErrors, 1);
            TrySet(Kernel.SolIpV6, Kernel.IpV6ReceiveHopLimit, 1);
        }

        Identifier = Mode == IcmpSocketMode.Raw ? (ushort)RandomNumberGenerator.GetInt32(1, 1 << 16) : BindForIdentifier();
        if (Mode == IcmpSocketMode.Raw)
        {
            LetOnlyRepliesIn();
            LetOnlyOwnIdentifierIn();
        }

        Clock = RestartTransmitCount() ? ClockSource.Kernel : ClockSource.User;
    }

    // The kernel counts the packets it stamps and gives the count as key; clearing and setting OPT_ID starts at 0 again (net/core/sock.c).
    bool RestartTransmitCount()
    {
        const int Stamps = Kernel.TimestampTransmitSoftware | Kernel.TimestampReceiveSoftware | Kernel.TimestampSoftware
            | Kernel.TimestampOptionOnly;
        nextKey = 0;
        return TrySet(Kernel.SolSocket, Kernel.SoTimestamping, Kernel.TimestampReceiveSoftware | Kernel.TimestampSoftware)
            && TrySet(Kernel.SolSocket, Kernel.SoTimestamping, Stamps | Kernel.TimestampOptionId);
    }

    bool TrySet(int level, int name, int value) =>
        Libc.SetSocketOption(Descriptor, level, name, &value, sizeof(int)) == 0;

    // A datagram ICMP socket gets its identifier as another gets its port.
    ushort BindForIdentifier()
    {
        var address = stackalloc byte[SocketAddressBytes.Capacity];
        var room = new Span<byte>(address, SocketAddressBytes.Capacity);
        var length = (uint)SocketAddressBytes.Write(Version == IcmpVersion.V4 ? IPAddress.Any : IPAddress.IPv6Any, room);
        if (Libc.Bind(Descriptor, address, length) != 0 || Libc.GetSocketName(Descriptor, address, &length) != 0)
            throw new ProbingException(ProbingFailure.SocketFailed, $"The ICMP socket got no identifier (error {Marshal.GetLastPInvokeError()}).");
        return SocketAddressBytes.ReadPort(room);
    }

    void LetOnlyRepliesIn()
    {
        if (Version == IcmpVersion.V4)
        {
            // A set bit keeps the type out (raw(7), ICMP_FILTER).
            TrySet(Kernel.SolRaw, Kernel.IcmpFilter, ~(1 << 0));
            return;
        }

        var filter = stackalloc uint[8];
        new Span<uint>(filter, 8).Fill(uint.MaxValue);
        filter[129 / 32] &= ~(1u << 129 % 32);
        Libc.SetSocketOption(Descriptor, Kernel.SolIcmpV6, Kernel.IcmpV6Filter, filter, 32);
    }

    // A raw socket gets a copy of each reply to every program here. This saves the copies; matching does not rely on it.
    void LetOnlyOwnIdentifierIn()
    {
        // struct sock_filter (linux/filter.h): code 16, jump-true 8, jump-false 8, k 32 bits.
        var program = stackalloc ulong[5];
        var count = 0;
        if (Version == IcmpVersion.V4)
        {
            program[count++] = 0xB1; // x = 4 * (first byte & 0xF): the length of the IP header
            program[count++] = 0x48 | 4UL << 32; // a = the 16 bits at x + 4
        }
        else
        {
            program[count++] = 0x28 | 4UL << 32; // a = the 16 bits at 4
        }

        program[count++] = 0x15 | 1UL << 24 | (ulong)Identifier << 32; // equal: go on, else skip one
        program[count++] = 0x06 | 0x40000UL << 32; // take
        program[count++] = 0x06; // leave
        var code = stackalloc nint[2];
        code[0] = count;
        code[1] = (nint)program;
        Libc.SetSocketOption(Descriptor, Kernel.SolSocket, Kernel.SoAttachFilter, code, (uint)(2 * sizeof(nint)));
    }

    public Loss Send(EchoRoute route, ReadOnlySpan<byte> message, ulong token)
    {
        MayHaveErrors = MayHaveAnswers = true;
        var error = TrySend(route, message);
        // The kernel may have handed us what an ICMP error said about another target, once for each error that comes meanwhile.
        for (var again = 0; again < SendAgain && error != 0; again++)
        {
            ClearPendingError();
            // It may or may not have counted this packet.
            RestartTransmitCount();
            error = TrySend(route, message);
        }

        if (error != 0)
        {
            RestartTransmitCount();
            return ToLoss(error);
        }

        tokenByKey[nextKey++ & KeyMask] = token;
        return Loss.None;
    }

    int TrySend(EchoRoute route, ReadOnlySpan<byte> message)
    {
        var name = stackalloc byte[SocketAddressBytes.Capacity];
        var control = stackalloc byte[128];
        fixed (byte* bytes = message)
        {
            var vector = new IoVector { Base = bytes, Length = (nuint)message.Length };
            var header = new MessageHeader
            {
                Name = name,
                NameLength = (uint)SocketAddressBytes.Write(route.Destination, new(name, SocketAddressBytes.Capacity)),
                Vectors = &vector,
                VectorCount = 1,
                Control = control,
                ControlLength = (nuint)WriteControl(route, new(control, 128)),
            };
            if (header.ControlLength == 0)
                header.Control = null;
            return Libc.SendMessage(Descriptor, &header, Kernel.MsgDontWait) >= 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    static int WriteControl(EchoRoute route, Span<byte> room)
    {
        var used = 0;
        var isV4 = route.Version == IcmpVersion.V4;
        var level = isV4 ? Kernel.SolIp : Kernel.SolIpV6;
        if (route.TrafficClass != 0)
        {
            var data = ControlMessages.Begin(ref room, ref used, level, isV4 ? Kernel.IpTos : Kernel.IpV6TrafficClass, sizeof(int));
            BitConverter.TryWriteBytes(data, (int)route.TrafficClass);
        }

        if (route.Ttl is { } ttl)
        {
            var data = ControlMessages.Begin(ref room, ref used, level, isV4 ? Kernel.IpTtl : Kernel.IpV6HopLimit, sizeof(int));
            BitConverter.TryWriteBytes(data, (int)ttl);
        }

        if (route.Source is null && route.InterfaceIndex == 0)
            return used;
        if (isV4)
        {
            // struct in_pktinfo: index, source (ipi_spec_dst), header destination.
            var data = ControlMessages.Begin(ref room, ref used, level, Kernel.IpPacketInfo, 12);
            BitConverter.TryWriteBytes(data, route.InterfaceIndex);
            route.Source?.TryWriteBytes(data[4..], out _);
        }
        else
        {
            // struct in6_pktinfo: source, index.
            var data = ControlMessages.Begin(ref room, ref used, level, Kernel.IpV6PacketInfo, 20);
            route.Source?.TryWriteBytes(data, out _);
            BitConverter.TryWriteBytes(data[16..], route.InterfaceIndex);
        }

        return used;
    }

    /// <summary>The token of the n-th packet the kernel stamped.</summary>
    public ulong TokenOf(uint key) => tokenByKey[key & KeyMask];

    /// <summary>Takes the error that the kernel keeps for our next call, so that it does not stop the probe of another target.</summary>
    public void ClearPendingError()
    {
        int error;
        var length = (uint)sizeof(int);
        Libc.GetSocketOption(Descriptor, Kernel.SolSocket, Kernel.SoError, &error, &length);
    }

    public static Loss ToLoss(int error) => error switch
    {
        Kernel.NetworkUnreachable => Loss.NetworkUnreachable,
        Kernel.HostUnreachable or Kernel.HostDown => Loss.HostUnreachable,
        Kernel.MessageTooBig => Loss.TooBig,
        Kernel.ConnectionRefused => Loss.PortUnreachable,
        // A local filter drops with EPERM, a prohibiting route and a broadcast address answer EACCES.
        Kernel.NotPermitted or Kernel.AccessDenied => Loss.AdminProhibited,
        _ => Loss.SendFailed,
    };

    public void Dispose() => handle.Dispose();
}
