using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Netronome.Probing.Linux;
using Netronome.Protocols.Icmp;

namespace Netronome.Probing.Icmp;

/// <summary>
/// Probes any number of targets with ICMP echo, from one socket per family and one thread. A slow or dead target delays no other, and the figures do
/// not depend on how many there are: see docs/decisions/0004-icmp-engine.md.
/// </summary>
public sealed class IcmpEngine : IAsyncDisposable
{
    /// <summary>Probes due this close together share one wake-up: at one probe per millisecond a wake-up costs as much as the packet.</summary>
    internal const long ShareNanoseconds = 10_000_000;

    /// <summary>Answers are counted as late for this long after sending.</summary>
    internal const long LateNanoseconds = 10_000_000_000;

    readonly IProbeSocket socket;
    readonly ProbeLoop loop;
    readonly ConcurrentQueue<(IcmpRun Run, bool IsStart)> orders = [];
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile bool isStopping;
    ProbingException? fault;

    IcmpEngine(TimeProvider time, IProbeSocket socket)
    {
        this.socket = socket;
        loop = new(time, socket);
        new Thread(Run) { IsBackground = true, Name = "icmp" }.Start();
    }

    /// <summary>Opens the kernel's ICMP sockets: raw when permitted, else datagram.</summary>
    /// <param name="time">The clock of schedules and stamps.</param>
    /// <param name="mode">Insist on one kind of socket; null takes the best that is permitted.</param>
    /// <exception cref="ProbingException"><see cref="ProbingFailure.NoPermission"/> with the way to grant it, or
    /// <see cref="ProbingFailure.Unsupported"/>.</exception>
    public static IcmpEngine Open(TimeProvider time, IcmpSocketMode? mode = null) =>
        OperatingSystem.IsLinux()
            ? Open(time, LinuxProbeSocket.Open(mode))
            : throw new ProbingException(ProbingFailure.Unsupported, "ICMP probing needs Linux for now: other systems' sockets are not built in yet.");

    /// <summary>Runs over a network of the caller's, which the engine disposes of.</summary>
    public static IcmpEngine Open(TimeProvider time, IProbeSocket socket) => new(time, socket);

    /// <summary>The best stamps to be had; each result says which it got.</summary>
    public ClockSource Clock => socket.Clock;

    /// <summary>How echoes of this version are sent; null when they can't be.</summary>
    public IcmpSocketMode? Mode(IcmpVersion version) => socket.Mode(version);

    /// <summary>Messages received that answered none of our probes: other programs' and forged or very old ones.</summary>
    public long Strangers => loop.Strangers;

    /// <summary>Probes one address until the count is reached or the token is cancelled, which throws.</summary>
    /// <exception cref="ArgumentException">The options are out of bounds; the message is a sentence.</exception>
    /// <exception cref="ProbingException">The source or interface is not there, or the engine ended.</exception>
    public IAsyncEnumerable<ProbeResult> ProbeAsync(
        IPAddress address, IcmpProbeOptions options, CancellationToken cancellationToken = default) =>
        CreateRun(address, options).ReadAllAsync(cancellationToken);

    /// <summary>As <see cref="ProbeAsync"/>, with the counts of the run at hand. It begins when it is read.</summary>
    /// <exception cref="ArgumentException">The options are out of bounds; the message is a sentence.</exception>
    /// <exception cref="ProbingException">The source or interface is not there.</exception>
    public IcmpRun CreateRun(IPAddress address, IcmpProbeOptions options)
    {
        if (options.FindFault() is { } sentence)
            throw new ArgumentException(sentence, nameof(options));
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var version = address.AddressFamily == AddressFamily.InterNetwork ? IcmpVersion.V4 : IcmpVersion.V6;
        if (socket.Mode(version) is null)
            throw new ProbingException(ProbingFailure.Unsupported, $"This system can't send IPv{(int)version} echoes.");
        return new(this, socket.Prepare(address, options), options);
    }

    internal void Begin(IcmpRun run) => Order(run, isStart: true);

    internal void Cancel(IcmpRun run)
    {
        if (!run.IsOver)
            Order(run, isStart: false);
    }

    void Order(IcmpRun run, bool isStart)
    {
        orders.Enqueue((run, isStart));
        // After the enqueue: either the loop still sees the order, or we see that it has ended.
        if (ended.Task.IsCompleted)
            run.Abandon(fault ?? Stopped());
        else
            socket.Wake();
    }

    void Run()
    {
        try
        {
            while (!isStopping)
            {
                loop.Wake();
                TakeOrders();
                loop.Turn();
                loop.Wait();
            }
        }
        catch (Exception exception)
        {
            // The loop's top: whoever reads a run learns why it ended.
            fault = exception as ProbingException
                ?? new(ProbingFailure.SocketFailed, $"The ICMP engine failed: {exception.Message}", exception);
        }

        loop.Fail(fault ?? Stopped());
        loop.Dispose();
        ended.SetResult();
        while (orders.TryDequeue(out var order))
            order.Run.Abandon(fault ?? Stopped());
    }

    void TakeOrders()
    {
        while (orders.TryDequeue(out var order))
        {
            if (order.IsStart)
                loop.Add(order.Run);
            else
                loop.Drop(order.Run);
        }
    }

    static ProbingException Stopped() => new(ProbingFailure.Stopped, "The ICMP engine was closed.");

    /// <summary>Ends all runs and closes the sockets.</summary>
    public async ValueTask DisposeAsync()
    {
        isStopping = true;
        if (!ended.Task.IsCompleted)
            socket.Wake();
        await ended.Task;
        socket.Dispose();
    }
}
