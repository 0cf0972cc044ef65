using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Netronome.Probing.Icmp;
using Netronome.Protocols.Icmp;

namespace Netronome.Probing.Linux;

/// <summary>The kernel's ICMP sockets: one for each family, raw when permitted, else datagram.</summary>
sealed unsafe class LinuxProbeSocket : IProbeSocket
{
    readonly IcmpSocket? v4;
    readonly IcmpSocket? v6;
    readonly SafeFileHandle wake;
    ReceiveRing? ring;
    ArrivalBatch? ringBatch;
    bool isDisposed;

    LinuxProbeSocket(IcmpSocket? v4, IcmpSocket? v6)
    {
        (this.v4, this.v6) = (v4, v6);
        wake = new(Libc.EventDescriptor(0, Kernel.EventNonBlocking | Kernel.EventCloseOnExec), ownsHandle: true);
    }

    public static LinuxProbeSocket Open(IcmpSocketMode? mode)
    {
        var v4 = OpenVersion(IcmpVersion.V4, mode, out var errorV4);
        var v6 = OpenVersion(IcmpVersion.V6, mode, out var errorV6);
        if (v4 is not null || v6 is not null)
            return new(v4, v6);
        if (IsPermission(errorV4) || IsPermission(errorV6))
            throw new ProbingException(ProbingFailure.NoPermission, HowToGrant());
        throw new ProbingException(ProbingFailure.Unsupported, $"The kernel has no ICMP sockets (errors {errorV4} and {errorV6}).");
    }

    static IcmpSocket? OpenVersion(IcmpVersion version, IcmpSocketMode? mode, out int error)
    {
        if (mode is { } only)
            return IcmpSocket.Open(version, only, out error);
        return IcmpSocket.Open(version, IcmpSocketMode.Raw, out error) ?? IcmpSocket.Open(version, IcmpSocketMode.Datagram, out error);
    }

    static bool IsPermission(int error) => error is Kernel.NotPermitted or Kernel.AccessDenied;

    static string HowToGrant() =>
        "ICMP sockets are not permitted to this user. Grant one of: "
        + $"sudo setcap cap_net_raw+ep {Environment.ProcessPath ?? "netronome"} | "
        + "sudo sysctl -w net.ipv4.ping_group_range=\"0 2147483647\" | "
        + "AmbientCapabilities=CAP_NET_RAW in the systemd unit.";

    public IcmpSocketMode? Mode(IcmpVersion version) => Of(version)?.Mode;

    public ClockSource Clock => (v4 ?? v6)!.Clock;

    public ushort Identifier(IcmpVersion version) => Of(version)!.Identifier;

    IcmpSocket? Of(IcmpVersion version) => version == IcmpVersion.V4 ? v4 : v6;

    public EchoRoute Prepare(IPAddress destination, IcmpProbeOptions options)
    {
        var version = destination.AddressFamily == AddressFamily.InterNetwork ? IcmpVersion.V4 : IcmpVersion.V6;
        var index = 0u;
        if (options.Interface is { } name && (index = Libc.InterfaceIndex(name)) == 0)
            throw new ProbingException(ProbingFailure.InterfaceNotFound, $"There is no interface {name}.");
        if (options.Source is { } source)
            RequireOwnAddress(source, destination);
        return new(version, destination, (byte)(options.Dscp << 2), options.Ttl, options.Source, (int)index);
    }

    static void RequireOwnAddress(IPAddress source, IPAddress destination)
    {
        if (source.AddressFamily != destination.AddressFamily)
            throw new ProbingException(ProbingFailure.SourceNotAvailable, $"{source} can't be the source towards {destination}: another address family.");
        try
        {
            // Binding sends nothing, and the kernel knows best what is an address of this machine.
            using var socket = new Socket(source.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(source, 0));
        }
        catch (SocketException exception)
        {
            throw new ProbingException(ProbingFailure.SourceNotAvailable, $"{source} is not an address of this machine.", exception);
        }
    }

    public Loss Send(EchoRoute route, ReadOnlySpan<byte> message, ulong token) => Of(route.Version)!.Send(route, message, token);

    public void Receive(IcmpVersion version, ArrivalQueue queue, ArrivalBatch batch)
    {
        batch.Count = 0;
        if (Of(version) is not { } socket || !(queue == ArrivalQueue.Errors ? socket.MayHaveErrors : socket.MayHaveAnswers))
            return;
        if (ringBatch != batch)
            (ring, ringBatch) = (new(batch), batch);
        ring!.Receive(socket, queue);
        if (batch.IsFull)
            return;
        if (queue == ArrivalQueue.Errors)
            socket.MayHaveErrors = false;
        else
            socket.MayHaveAnswers = false;
    }

    public void Wait(long nanoseconds, bool forPackets)
    {
        var entries = stackalloc PollEntry[3];
        var count = 0;
        entries[count++] = new() { Descriptor = (int)wake.DangerousGetHandle(), Events = Kernel.PollIn };
        if (forPackets)
        {
            if (v4 is not null)
                entries[count++] = new() { Descriptor = v4.Descriptor, Events = Kernel.PollIn };
            if (v6 is not null)
                entries[count++] = new() { Descriptor = v6.Descriptor, Events = Kernel.PollIn };
        }

        var limit = new TimeSpec { Seconds = nanoseconds / 1_000_000_000, Nanoseconds = nanoseconds % 1_000_000_000 };
        if (Libc.Poll(entries, (nuint)count, nanoseconds < 0 ? null : &limit, null) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error != Kernel.Interrupted)
                throw new ProbingException(ProbingFailure.SocketFailed, $"Waiting for ICMP packets failed (error {error}).");
            return;
        }

        if (entries[0].Returned != 0)
        {
            ulong ignored;
            Libc.Read(entries[0].Descriptor, &ignored, sizeof(ulong));
        }

        // Whatever we slept through may be there; otherwise only what was announced. An error is announced without being asked for.
        Note(v4, forPackets ? entries[1].Returned : (short)-1);
        Note(v6, forPackets ? entries[count - 1].Returned : (short)-1);
    }

    static void Note(IcmpSocket? socket, short returned)
    {
        if (socket is null)
            return;
        socket.MayHaveErrors |= (returned & ~Kernel.PollIn) != 0;
        socket.MayHaveAnswers |= (returned & Kernel.PollIn) != 0;
    }

    public void Wake()
    {
        var one = 1UL;
        try
        {
            Libc.Write(wake, &one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // The engine ended meanwhile: nobody waits any more.
        }
    }

    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        v4?.Dispose();
        v6?.Dispose();
        wake.Dispose();
    }
}
