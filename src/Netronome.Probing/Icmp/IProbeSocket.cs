using System.Net;
using Netronome.Protocols.Icmp;

namespace Netronome.Probing.Icmp;

/// <summary>
/// The engine's view of the network: the Linux sockets are one, the simulated network of the tests is the other. All but <see cref="Wake"/> are
/// called by the engine's thread only.
/// </summary>
public interface IProbeSocket : IDisposable
{
    /// <summary>How echoes of this version are sent; null when they can't be.</summary>
    IcmpSocketMode? Mode(IcmpVersion version);

    /// <summary>The best stamps this socket gives.</summary>
    ClockSource Clock { get; }

    /// <summary>The identifier that answers to our echoes carry.</summary>
    ushort Identifier(IcmpVersion version);

    /// <summary>Settles once what is the same for each probe of a run; throws <see cref="ProbingException"/> for an unknown source or interface.</summary>
    EchoRoute Prepare(IPAddress destination, IcmpProbeOptions options);

    /// <summary>Sends one echo request. The token comes back with the transmit stamp.</summary>
    /// <returns><see cref="Loss.None"/>, or why nothing left.</returns>
    Loss Send(EchoRoute route, ReadOnlySpan<byte> message, ulong token);

    /// <summary>Takes what has come, without waiting; fewer than the batch holds means that there is no more for now.</summary>
    void Receive(IcmpVersion version, ArrivalQueue queue, ArrivalBatch batch);

    /// <summary>Waits until packets came, <see cref="Wake"/> was called, or the time is over.</summary>
    /// <param name="nanoseconds">How long at most; negative waits for ever.</param>
    /// <param name="forPackets">False sleeps through arrivals: with kernel stamps nothing is lost by taking them in bulk later.</param>
    void Wait(long nanoseconds, bool forPackets);

    /// <summary>Ends a wait, now or the next one. Any thread.</summary>
    void Wake();
}

/// <summary>What kind of socket carries the echoes.</summary>
public enum IcmpSocketMode : byte
{
    /// <summary>Needs CAP_NET_RAW.</summary>
    Raw,

    /// <summary>Needs the group in <c>net.ipv4.ping_group_range</c>; the kernel chooses the identifier.</summary>
    Datagram,
}

/// <summary>The two queues of a socket.</summary>
public enum ArrivalQueue : byte
{
    /// <summary>Transmit stamps and ICMP errors.</summary>
    Errors,

    /// <summary>Answers.</summary>
    Answers,
}

/// <summary>Where and how the probes of a run leave.</summary>
/// <param name="Version">ICMP or ICMPv6.</param>
/// <param name="Destination">The target.</param>
/// <param name="TrafficClass">DSCP shifted to its place in the byte.</param>
/// <param name="Ttl">Null is the system's.</param>
/// <param name="Source">Null lets the kernel choose.</param>
/// <param name="InterfaceIndex">0 lets the kernel choose.</param>
public sealed record EchoRoute(
    IcmpVersion Version, IPAddress Destination, byte TrafficClass, byte? Ttl, IPAddress? Source, int InterfaceIndex);
