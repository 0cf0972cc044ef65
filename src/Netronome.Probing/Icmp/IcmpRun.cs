using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Netronome.Probing.Icmp;

/// <summary>
/// One target being probed, from the moment its results are read. They come as they are decided, so a lost probe comes after younger ones that
/// were answered.
/// </summary>
public sealed class IcmpRun
{
    readonly IcmpEngine engine;
    readonly Channel<ProbeResult> results;
    readonly int capacity;
    Exception? fault;
    long taken;
    long published;
    long delivered;
    long expected = -1;

    internal IcmpRun(IcmpEngine engine, EchoRoute route, IcmpProbeOptions options)
    {
        this.engine = engine;
        Route = route;
        Options = options;
        IntervalNanoseconds = (long)(options.Interval.TotalMilliseconds * 1e6);
        DeadlineNanoseconds = (long)(options.Deadline.TotalMilliseconds * 1e6);
        LateNanoseconds = Math.Max(DeadlineNanoseconds, IcmpEngine.LateNanoseconds);
        EarlyNanoseconds = Math.Min(IcmpEngine.ShareNanoseconds, IntervalNanoseconds / 10);
        MessageBytes = Protocols.Icmp.IcmpEcho.HeaderBytes + options.PayloadBytes;
        // Room for everything that can be in flight, so that a result always has its place; then a thousand for the reader to be behind.
        capacity = 1_024 + (int)Math.Min(DeadlineNanoseconds / IntervalNanoseconds, 1_000_000);
        results = Channel.CreateBounded<ProbeResult>(new BoundedChannelOptions(capacity)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
            // The pump's work item goes on as the waiting reader.
            AllowSynchronousContinuations = true,
        });
    }

    /// <summary>Where the probes go.</summary>
    public EchoRoute Route { get; }

    /// <summary>How they are sent.</summary>
    public IcmpProbeOptions Options { get; }

    /// <summary>Counts so far. Late answers are counted for 10 s after the last probe, also when the results have ended.</summary>
    public ProbeTally Tally => new()
    {
        Sent = Sent,
        Received = Received,
        Lost = Lost,
        NotSent = NotSent,
        Late = Late,
        Duplicates = Duplicates,
        Corrupted = Corrupted,
        Reordered = Reordered,
        Skipped = Skipped,
    };

    /// <summary>
    /// The results, to be read once. Ends when the last probe of a counted run is decided; a cancelled run ends with
    /// <see cref="OperationCanceledException"/> after the results that were decided before.
    /// </summary>
    /// <exception cref="ProbingException">The socket failed, or the engine was closed.</exception>
    public async IAsyncEnumerable<ProbeResult> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Cancelling goes through the engine: waiting on the channel with a token would allocate at each result.
        await using var stop = cancellationToken.UnsafeRegister(static run => ((IcmpRun)run!).Cancel(), this);
        engine.Begin(this);
        try
        {
            while (await results.Reader.WaitToReadAsync(CancellationToken.None))
            {
                while (results.Reader.TryRead(out var result))
                {
                    Volatile.Write(ref taken, taken + 1);
                    yield return result;
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            Cancel();
        }
    }

    /// <summary>Sends no more and forgets what is in flight. Harmless when the run is over.</summary>
    public void Cancel() => engine.Cancel(this);

    // From here on: the engine's thread only.
    internal long IntervalNanoseconds { get; }

    internal long DeadlineNanoseconds { get; }

    internal long LateNanoseconds { get; }

    internal long EarlyNanoseconds { get; }

    internal int MessageBytes { get; }

    internal long DueAt;
    internal int HeapIndex = -1;
    internal volatile bool IsOver;
    internal long NextSendAt;
    internal long HighestAnswered = -1;

    // Oldest probe that is remembered, oldest that may be undecided, youngest.
    internal int Oldest = -1;
    internal int Undecided = -1;
    internal int Youngest = -1;

    // Written by the engine's thread, read by anybody.
    internal long Sent;
    internal long Received;
    internal long Lost;
    internal long NotSent;
    internal long Late;
    internal long Duplicates;
    internal long Corrupted;
    internal long Reordered;
    internal long Skipped;

    internal bool HasSentAll => Options.Count is { } count && Sent >= count;

    internal bool HasRoom => Sent - Volatile.Read(ref taken) < capacity;

    internal void Publish(ResultPump pump, in ProbeResult result)
    {
        published++;
        pump.Add(this, result);
    }

    internal void Complete(ResultPump pump, Exception? because = null)
    {
        if (IsOver)
            return;
        IsOver = true;
        fault = because;
        Volatile.Write(ref expected, published);
        pump.AddEnd(this);
    }

    /// <summary>Ends a run that the engine never saw, or no longer sees. Any thread.</summary>
    internal void Abandon(Exception because)
    {
        IsOver = true;
        results.Writer.TryComplete(because);
    }

    /// <summary>Hands a result, or the end, to the reader. The pump's thread; two of them only when a reader blocks.</summary>
    internal void Deliver(in ProbeResult? result)
    {
        if (result is { } decided)
        {
            results.Writer.TryWrite(decided);
            Interlocked.Increment(ref delivered);
        }

        // The end comes after the last result, whichever of the two is handed over last.
        if (Volatile.Read(ref delivered) == Volatile.Read(ref expected))
            results.Writer.TryComplete(fault);
    }
}
