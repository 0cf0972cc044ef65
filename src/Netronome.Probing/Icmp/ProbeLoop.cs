using System.Security.Cryptography;
using Netronome.Protocols.Icmp;

namespace Netronome.Probing.Icmp;

/// <summary>
/// All runs of an engine on one thread: sends what is due, takes what has come, decides. Knows no thread and no socket, only the port and the clock.
/// </summary>
sealed partial class ProbeLoop(TimeProvider time, IProbeSocket socket) : IDisposable
{
    readonly EngineClock clock = new(time);
    readonly ProbeSlots slots = new();
    readonly RunHeap heap = new();
    readonly ArrivalBatch batch = new();
    readonly ResultPump pump = new();
    readonly ulong nonce = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    readonly byte[] message = NewMessage();
    readonly VersionState v4 = new(IcmpVersion.V4);
    readonly VersionState v6 = new(IcmpVersion.V6);
    readonly List<IcmpRun> notYet = [];
    long wantedAt = long.MaxValue;
    long now;

    /// <summary>Messages that were none of ours.</summary>
    public long Strangers { get; private set; }

    /// <summary>Begins a run.</summary>
    public void Add(IcmpRun run)
    {
        if (run.IsOver)
            return;
        run.NextSendAt = clock.Now() + (long)(run.Options.StartDelay.TotalMilliseconds * 1e6);
        heap.Set(run, run.NextSendAt);
    }

    /// <summary>Ends a run; its probes in flight are neither lost nor answered.</summary>
    public void Drop(IcmpRun run)
    {
        heap.Remove(run);
        while (run.Oldest >= 0)
        {
            var next = slots[run.Oldest].Next;
            slots.Return(run.Oldest);
            run.Oldest = next;
        }

        (run.Undecided, run.Youngest) = (-1, -1);
        run.Complete(pump);
    }

    /// <summary>Ends all runs.</summary>
    public void Fail(Exception fault)
    {
        while (heap.Count > 0)
        {
            var run = heap.First;
            run.Complete(pump, fault);
            Drop(run);
        }

        pump.Flush(long.MaxValue);
    }

    /// <summary>Ends the delivery of results, after the last.</summary>
    public void Dispose() => pump.Dispose();

    /// <summary>Reads the clocks after a wait; call first, before <see cref="Add"/>.</summary>
    public void Wake() => now = clock.Wake(wantedAt);

    /// <summary>Does what is to be done now.</summary>
    public void Turn()
    {
        // Before deciding anything as lost: an answer may have been waiting for us.
        Receive(v4);
        Receive(v6);
        while (heap.NextDueAt <= now + IcmpEngine.ShareNanoseconds)
        {
            var run = heap.First;
            if (!Process(run))
            {
                // Due soon, but may not go early. Its turn comes; those behind it may be able to share this wake-up.
                heap.Remove(run);
                notYet.Add(run);
            }
        }

        foreach (var run in notYet)
            heap.Set(run, run.DueAt);
        notYet.Clear();
        // On a near network the answers are here already, and taking them now saves a wake-up.
        if (v4.HasSent)
            Receive(v4);
        if (v6.HasSent)
            Receive(v6);
        v4.HasSent = v6.HasSent = false;
        pump.Flush(now);
    }

    /// <summary>Waits for packets or the next thing to do.</summary>
    public void Wait()
    {
        wantedAt = heap.NextDueAt;
        // Results that wait to be delivered can share the next wake-up, if it is near.
        if (pump.DueAt is var due && due < wantedAt - IcmpEngine.ShareNanoseconds)
            wantedAt = due;
        if (wantedAt == long.MaxValue)
        {
            socket.Wait(-1, forPackets: true);
            return;
        }

        var wait = Math.Max(0, wantedAt - clock.Now());
        // When the kernel stamps arrivals and we wake up within a moment anyway, answers can wait for that: a wake-up each would cost as much as they do.
        socket.Wait(wait, forPackets: socket.Clock != ClockSource.Kernel || wait > ResultPump.GatherNanoseconds);
    }

    // Does what the run has to do; false when nothing was due.
    bool Process(IcmpRun run)
    {
        var before = run.DueAt;
        Expire(run);
        Forget(run);
        if (!run.HasSentAll && run.NextSendAt - run.EarlyNanoseconds <= now)
            Send(run);
        return Schedule(run) != before;
    }

    void Send(IcmpRun run)
    {
        if (run.HasRoom)
            SendOne(run);
        else
            run.Skipped++;
        run.NextSendAt += run.IntervalNanoseconds;
        // No burst to make up for a pause: the turns are left out, the grid is kept.
        if (run.NextSendAt <= now)
        {
            var missed = (now - run.NextSendAt) / run.IntervalNanoseconds + 1;
            run.Skipped += missed;
            run.NextSendAt += missed * run.IntervalNanoseconds;
        }
    }

    void SendOne(IcmpRun run)
    {
        var index = slots.Rent(run);
        ref var slot = ref slots[index];
        slot.Sequence = run.Sent++;
        slot.WallOffset = clock.WallOffset;
        if (run.Youngest >= 0)
            slots[run.Youngest].Next = index;
        run.Youngest = index;
        if (run.Oldest < 0)
            run.Oldest = index;
        if (run.Undecided < 0)
            run.Undecided = index;

        var state = run.Route.Version == IcmpVersion.V4 ? v4 : v6;
        var sequence = state.NextSequence++;
        state.TokenBySequence[sequence] = slots.TokenOf(index);
        var echo = message.AsSpan(0, run.MessageBytes);
        EchoData.Write(echo[IcmpEcho.HeaderBytes..], nonce, slots.TokenOf(index));
        new IcmpEcho(IsReply: false, socket.Identifier(state.Version), sequence).Write(state.Version, echo);
        slot.SentAt = clock.Now();
        var loss = socket.Send(run.Route, echo, slots.TokenOf(index));
        state.HasSent = true;
        if (loss == Loss.None)
            return;
        run.NotSent++;
        DecideLost(index, loss, clock.Now());
    }

    // A probe whose time is over is lost.
    void Expire(IcmpRun run)
    {
        while (run.Undecided >= 0)
        {
            ref var slot = ref slots[run.Undecided];
            if (slot.State == ProbeState.InFlight)
            {
                if (slot.SentAt + run.DeadlineNanoseconds > now)
                    return;
                DecideLost(run.Undecided, Loss.Timeout, now);
            }

            run.Undecided = slot.Next;
        }
    }

    // Nothing is expected any more for probes older than the time for late answers.
    void Forget(IcmpRun run)
    {
        while (run.Oldest >= 0 && run.Oldest != run.Undecided && slots[run.Oldest].SentAt + run.LateNanoseconds <= now)
        {
            var next = slots[run.Oldest].Next;
            slots.Return(run.Oldest);
            run.Oldest = next;
            if (next < 0)
                run.Youngest = -1;
        }
    }

    const long OneSecond = 1_000_000_000;

    long Schedule(IcmpRun run)
    {
        var due = run.HasSentAll ? long.MaxValue : run.NextSendAt;
        if (run.Undecided >= 0)
            due = Math.Min(due, slots[run.Undecided].SentAt + run.DeadlineNanoseconds);
        else if (run.HasSentAll && run.Oldest >= 0)
            // No hurry: ends that are close together share a wake-up.
            due = (slots[run.Oldest].SentAt + run.LateNanoseconds) / OneSecond * OneSecond + OneSecond;
        if (due == long.MaxValue)
            heap.Remove(run);
        else
            heap.Set(run, due);
        return due;
    }

    static byte[] NewMessage()
    {
        var message = GC.AllocateArray<byte>(IcmpEcho.HeaderBytes + IcmpProbeOptions.MaximumPayloadBytes, pinned: true);
        EchoData.WritePattern(message.AsSpan(IcmpEcho.HeaderBytes));
        return message;
    }

    /// <summary>What is apart for ICMP and ICMPv6.</summary>
    sealed class VersionState(IcmpVersion version)
    {
        public IcmpVersion Version => version;

        /// <summary>The tokens of the last 65,536 probes: an ICMP error may quote no more than identifier and sequence (RFC 792).</summary>
        public ulong[] TokenBySequence { get; } = new ulong[1 << 16];

        public ushort NextSequence { get; set; }

        public bool HasSent { get; set; }
    }
}
