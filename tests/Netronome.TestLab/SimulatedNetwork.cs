using System.Net;
using Netronome.Probing;
using Netronome.Probing.Icmp;
using Netronome.Protocols.Icmp;

namespace Netronome.TestLab;

/// <summary>
/// A network without packets, on a clock that moves when the engine waits: hours of probing in a moment, and the same each time. Nothing moves before
/// <see cref="Begin"/>, so that all runs begin at once.
/// </summary>
public sealed class SimulatedNetwork : IProbeSocket
{
    const ushort OwnIdentifier = 0x4E54;

    readonly Lock gate = new();
    readonly Dictionary<IPAddress, SimulatedHost> hosts = [];
    readonly Dictionary<IPAddress, int> probes = [];
    readonly PriorityQueue<Packet, (long At, long Order)> answers = new();
    readonly Queue<Packet> stamps = new();
    readonly List<(TimeSpan At, TimeSpan By, bool IsClock)> events = [];
    readonly ManualResetEventSlim begun = new();
    readonly AutoResetEvent wake = new(initialState: false);
    readonly long startedAt;
    long order;
    int wakeUps;

    /// <summary>A network on this clock, which nobody else must move.</summary>
    public SimulatedNetwork(ManualTime time)
    {
        Time = time;
        startedAt = time.GetTimestamp();
    }

    /// <summary>The clock.</summary>
    public ManualTime Time { get; }

    /// <summary>How long the network has run.</summary>
    public TimeSpan Elapsed => Time.GetElapsedTime(startedAt);

    /// <summary>Whether packets get kernel stamps.</summary>
    public bool HasKernelStamps { get; init; } = true;

    /// <summary>When each probe was sent, and where.</summary>
    public List<(TimeSpan At, IPAddress Destination)> Sent { get; } = [];

    /// <summary>How often the engine had woken up when it sent its latest probe.</summary>
    public int WakeUpsUntilLastSent { get; private set; }

    /// <summary>The host at an address; without one, probes vanish.</summary>
    public SimulatedHost this[string address]
    {
        set => hosts[IPAddress.Parse(address)] = value;
    }

    /// <summary>Lets time move.</summary>
    public void Begin() => begun.Set();

    /// <summary>The program does not run from <paramref name="at"/> on for a while; packets arrive meanwhile.</summary>
    public void Pause(TimeSpan at, TimeSpan length) => events.Add((at, length, IsClock: false));

    /// <summary>Somebody sets UTC.</summary>
    public void SetClock(TimeSpan at, TimeSpan by) => events.Add((at, by, IsClock: true));

    /// <summary>A message that nobody here asked for.</summary>
    public void Deliver(TimeSpan at, byte[] message) => Enqueue(startedAt + at.Ticks, new(message, ArrivalKind.Message));

    ClockSource IProbeSocket.Clock => HasKernelStamps ? ClockSource.Kernel : ClockSource.User;

    IcmpSocketMode? IProbeSocket.Mode(IcmpVersion version) => IcmpSocketMode.Raw;

    ushort IProbeSocket.Identifier(IcmpVersion version) => OwnIdentifier;

    EchoRoute IProbeSocket.Prepare(IPAddress destination, IcmpProbeOptions options) => new(
        destination.GetAddressBytes().Length == 4 ? IcmpVersion.V4 : IcmpVersion.V6,
        destination,
        (byte)(options.Dscp << 2),
        options.Ttl,
        options.Source,
        0);

    Loss IProbeSocket.Send(EchoRoute route, ReadOnlySpan<byte> message, ulong token)
    {
        Sent.Add((Elapsed, route.Destination));
        WakeUpsUntilLastSent = wakeUps;
        if (!hosts.TryGetValue(route.Destination, out var host))
            return Loss.None;
        if (host.SendFails != Loss.None)
            return host.SendFails;
        if (HasKernelStamps)
            stamps.Enqueue(new([], ArrivalKind.Transmitted) { Token = token, Stamp = Wall() });
        var number = probes.GetValueOrDefault(route.Destination);
        probes[route.Destination] = number + 1;
        if (!host.Loses(number))
            Answer(host, number, route, message);
        return Loss.None;
    }

    void Answer(SimulatedHost host, int number, EchoRoute route, ReadOnlySpan<byte> message)
    {
        var at = Time.GetTimestamp() + (host.DelayOf?.Invoke(number) ?? host.Delay).Ticks;
        if (host.Error != Loss.None)
        {
            var quoted = (host.QuotesHeaderOnly ? message[..IcmpEcho.HeaderBytes] : message).ToArray();
            Enqueue(at, new(quoted, ArrivalKind.Error) { Loss = host.Error, From = host.ReportedBy, Destination = route.Destination });
            return;
        }

        IcmpEcho.TryParse(route.Version, message, out var echo);
        for (var copy = 0; copy < host.Answers(number); copy++)
        {
            var answer = message.ToArray();
            (echo with { IsReply = true }).Write(route.Version, answer);
            host.Alters?.Invoke(number, answer);
            Enqueue(at + copy * TimeSpan.TicksPerMillisecond, new(answer, ArrivalKind.Message) { Ttl = host.Ttl });
        }
    }

    void Enqueue(long at, Packet packet)
    {
        lock (gate)
        {
            answers.Enqueue(packet with { At = at }, (at, order++));
        }
    }

    void IProbeSocket.Receive(IcmpVersion version, ArrivalQueue queue, ArrivalBatch batch)
    {
        batch.Count = 0;
        // One queue for both families: what the engine asks for first gets it, and parses by the family of the message.
        while (!batch.IsFull && TryTake(version, queue) is { } packet)
        {
            ref var arrival = ref batch[batch.Count];
            arrival = new()
            {
                Kind = packet.Kind,
                Length = packet.Bytes.Length,
                StampNanoseconds = packet.Kind == ArrivalKind.Transmitted ? packet.Stamp : HasKernelStamps ? Wall(packet.At) : 0,
                Ttl = packet.Ttl,
                Loss = packet.Loss,
                Token = packet.Token,
                ReportedBy = packet.From,
                QuotedDestination = packet.Destination,
            };
            packet.Bytes.CopyTo(batch.Slot(batch.Count++));
        }
    }

    Packet? TryTake(IcmpVersion version, ArrivalQueue queue)
    {
        if (queue == ArrivalQueue.Errors && stamps.TryDequeue(out var stamp))
            return stamp;
        lock (gate)
        {
            if (!answers.TryPeek(out var packet, out var due) || due.At > Time.GetTimestamp()
                || packet.Kind == ArrivalKind.Error != (queue == ArrivalQueue.Errors) || packet.Version != version)
            {
                return null;
            }

            return answers.Dequeue();
        }
    }

    void IProbeSocket.Wait(long nanoseconds, bool forPackets)
    {
        begun.Wait();
        wakeUps++;
        var until = nanoseconds < 0 ? long.MaxValue : Time.GetTimestamp() + (nanoseconds + 99) / 100;
        lock (gate)
        {
            if (forPackets && answers.TryPeek(out _, out var due))
                until = Math.Min(until, due.At);
        }

        if (until == long.MaxValue)
        {
            wake.WaitOne();
            return;
        }

        if (!wake.WaitOne(0))
            MoveTo(Math.Max(until, Time.GetTimestamp()));
    }

    void MoveTo(long until)
    {
        foreach (var happening in events.Where(happening => startedAt + happening.At.Ticks <= until).OrderBy(happening => happening.At).ToList())
        {
            events.Remove(happening);
            Time.Advance(TimeSpan.FromTicks(Math.Max(0, startedAt + happening.At.Ticks - Time.GetTimestamp())));
            if (happening.IsClock)
                Time.StepWallClock(happening.By);
            else
                Time.Advance(happening.By);
        }

        Time.Advance(TimeSpan.FromTicks(Math.Max(0, until - Time.GetTimestamp())));
    }

    void IProbeSocket.Wake() => wake.Set();

    public void Dispose()
    {
        begun.Dispose();
        wake.Dispose();
    }

    long Wall() => (Time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * 100;

    // What the kernel's stamp said when the packet came, had the clock not been set since.
    long Wall(long at) => Wall() - (Time.GetTimestamp() - at) * 100;

    sealed record Packet(byte[] Bytes, ArrivalKind Kind)
    {
        public long At { get; init; }

        public long Stamp { get; init; }

        public ulong Token { get; init; }

        public byte Ttl { get; init; }

        public Loss Loss { get; init; }

        public IPAddress? From { get; init; }

        public IPAddress? Destination { get; init; }

        // ICMPv6 types are above 127, but for errors, which here carry the request they quote.
        public IcmpVersion Version => Bytes.Length > 0 && Bytes[0] >= 128 ? IcmpVersion.V6 : IcmpVersion.V4;
    }
}
