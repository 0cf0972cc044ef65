using System.Net;
using Netronome.Protocols.Icmp;

namespace Netronome.Probing.Icmp;

sealed partial class ProbeLoop
{
    void Receive(VersionState state)
    {
        if (socket.Mode(state.Version) is null)
            return;
        Receive(state, ArrivalQueue.Errors);
        Receive(state, ArrivalQueue.Answers);
    }

    void Receive(VersionState state, ArrivalQueue queue)
    {
        do
        {
            socket.Receive(state.Version, queue, batch);
            if (batch.Count == 0)
                return;
            var at = clock.Now();
            for (var index = 0; index < batch.Count; index++)
                Take(state, ref batch[index], batch.Bytes(index), at);
        }
        while (batch.IsFull);
    }

    void Take(VersionState state, ref Arrival arrival, ReadOnlySpan<byte> bytes, long at)
    {
        switch (arrival.Kind)
        {
            case ArrivalKind.Transmitted:
                TakeTransmitStamp(arrival.Token, arrival.StampNanoseconds);
                break;
            case ArrivalKind.Error:
                TakeError(state, ref arrival, bytes, at);
                break;
            default:
                TakeAnswer(state, ref arrival, bytes, at);
                break;
        }
    }

    void TakeTransmitStamp(ulong token, long stamp)
    {
        var index = slots.Find(token);
        if (index < 0)
            return;
        ref var slot = ref slots[index];
        // A stamp from before we called the kernel belongs to another packet (the kernel's count and ours went apart).
        if (stamp - slot.WallOffset >= slot.SentAt - ClockDoubtNanoseconds)
            slot.KernelSentAt = stamp;
    }

    const long ClockDoubtNanoseconds = 200_000;

    void TakeAnswer(VersionState state, ref Arrival arrival, ReadOnlySpan<byte> bytes, long at)
    {
        if (!IcmpEcho.TryParse(state.Version, bytes, out var echo) || !echo.IsReply
            || echo.Identifier != socket.Identifier(state.Version)
            || !EchoData.TryReadToken(bytes[IcmpEcho.HeaderBytes..], nonce, out var token)
            || slots.Find(token) is var index && index < 0)
        {
            Strangers++;
            return;
        }

        ref var slot = ref slots[index];
        var run = slot.Run!;
        if (IsCorrupted(state.Version, run, ref arrival, bytes))
        {
            run.Corrupted++;
            return;
        }

        var (rtt, source) = Measure(ref slot, arrival.StampNanoseconds, at);
        switch (slot.State)
        {
            case ProbeState.InFlight when rtt <= run.DeadlineNanoseconds:
                slot.State = ProbeState.Answered;
                NoteOrder(run, slot.Sequence);
                run.Received++;
                run.Publish(pump, new ProbeResult
                {
                    Sequence = slot.Sequence,
                    SentAt = SentAtUtc(ref slot),
                    RttNanoseconds = rtt,
                    Clock = source,
                    ReplyTtl = arrival.Ttl,
                    DuringOwnPause = clock.PausedBetween(slot.SentAt, slot.SentAt + rtt),
                });
                EndIfDecided(run);
                RelieveDeadline(run);
                break;
            case ProbeState.InFlight:
                DecideLost(index, Loss.Timeout, at);
                slot.State = ProbeState.LostThenLate;
                NoteOrder(run, slot.Sequence);
                run.Late++;
                break;
            case ProbeState.Lost:
                slot.State = ProbeState.LostThenLate;
                NoteOrder(run, slot.Sequence);
                run.Late++;
                break;
            default:
                run.Duplicates++;
                break;
        }
    }

    // No wake-up for the deadline of a probe that has its answer.
    void RelieveDeadline(IcmpRun run)
    {
        if (run.HeapIndex < 0 || run.DueAt >= run.NextSendAt && !run.HasSentAll)
            return;
        Expire(run);
        Schedule(run);
    }

    static bool IsCorrupted(IcmpVersion version, IcmpRun run, ref Arrival arrival, ReadOnlySpan<byte> bytes)
    {
        if (!EchoData.IsIntact(bytes[IcmpEcho.HeaderBytes..]))
            return true;
        // Of a cut message the sum can't be formed; otherwise what we sent must have come back whole.
        return !arrival.Truncated
            && (bytes.Length != run.MessageBytes || version == IcmpVersion.V4 && !IcmpEcho.HasValidChecksum(bytes));
    }

    (long Rtt, ClockSource Source) Measure(ref ProbeSlot slot, long arrivedStamp, long at)
    {
        var byUs = at - slot.SentAt;
        if (arrivedStamp == 0 || !clock.IsSteadySince(slot.SentAt, slot.WallOffset, at))
            return (byUs, ClockSource.User);
        var (left, source) = slot.KernelSentAt != 0
            ? (slot.KernelSentAt, ClockSource.Kernel)
            : (slot.SentAt + slot.WallOffset, ClockSource.KernelReceive);
        var rtt = arrivedStamp - left;
        // The kernel's interval lies within ours; if it does not, its clock was set meanwhile.
        return rtt >= 0 && rtt <= byUs + ClockDoubtNanoseconds ? (rtt, source) : (byUs, ClockSource.User);
    }

    void TakeError(VersionState state, ref Arrival arrival, ReadOnlySpan<byte> quoted, long at)
    {
        if (arrival.Loss == Loss.None
            || !IcmpEcho.TryParse(state.Version, quoted, out var echo) || echo.IsReply
            || echo.Identifier != socket.Identifier(state.Version))
        {
            Strangers++;
            return;
        }

        // Old routers quote the IP header and 8 bytes, which end before our nonce.
        var isFull = quoted.Length >= IcmpEcho.HeaderBytes + IcmpProbeOptions.MinimumPayloadBytes;
        var token = state.TokenBySequence[echo.Sequence];
        if (isFull && !EchoData.TryReadToken(quoted[IcmpEcho.HeaderBytes..], nonce, out token))
        {
            Strangers++;
            return;
        }

        var index = slots.Find(token);
        if (index < 0 || !isFull && !IsFor(ref slots[index], arrival.QuotedDestination))
        {
            Strangers++;
            return;
        }

        if (slots[index].State == ProbeState.InFlight)
            DecideLost(index, arrival.Loss, at, arrival.ReportedBy);
    }

    static bool IsFor(ref ProbeSlot slot, IPAddress? destination) =>
        destination is not null && slot.Run!.Route.Destination.Equals(destination);

    void DecideLost(int index, Loss loss, long at, IPAddress? reportedBy = null)
    {
        ref var slot = ref slots[index];
        var run = slot.Run!;
        slot.State = ProbeState.Lost;
        run.Lost++;
        run.Publish(pump, new ProbeResult
        {
            Sequence = slot.Sequence,
            SentAt = SentAtUtc(ref slot),
            Loss = loss,
            Clock = socket.Clock,
            DuringOwnPause = clock.PausedBetween(slot.SentAt, at),
            ReportedBy = reportedBy,
        });
        EndIfDecided(run);
    }

    // RFC 4737 §3.1: reordered when something sent later was answered before.
    static void NoteOrder(IcmpRun run, long sequence)
    {
        if (sequence < run.HighestAnswered)
            run.Reordered++;
        else
            run.HighestAnswered = sequence;
    }

    void EndIfDecided(IcmpRun run)
    {
        if (run.HasSentAll && run.Received + run.Lost == run.Sent)
            run.Complete(pump);
    }

    static DateTimeOffset SentAtUtc(ref ProbeSlot slot)
    {
        var nanoseconds = slot.KernelSentAt != 0 ? slot.KernelSentAt : slot.SentAt + slot.WallOffset;
        return new(DateTime.UnixEpoch.Ticks + nanoseconds / 100, TimeSpan.Zero);
    }
}
