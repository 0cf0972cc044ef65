using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>Accepted samples on their way to the writer loop, in order, bounded; and who waits for which of them.</summary>
sealed class SampleQueue(int limit)
{
    const int SegmentSamples = 4096;

    readonly Lock gate = new();
    readonly LinkedList<(Sample[] Samples, int Count)> segments = [];
    readonly Queue<(long Upto, TaskCompletionSource Done)> waiters = [];
    TaskCompletionSource arrived = NewSignal(), room = NewSignal(), hurry = NewSignal();
    long accepted, committed, pending;
    int headOffset;

    internal long Pending => Interlocked.Read(ref pending);

    /// <summary>Completes when a batch should not wait for company: somebody waits for durability, or there is plenty.</summary>
    internal Task HurryAsync(int plenty)
    {
        lock (gate)
        {
            if (waiters.Count > 0 || pending >= plenty)
                return Task.CompletedTask;
            if (hurry.Task.IsCompleted)
                hurry = NewSignal();
            return hurry.Task;
        }
    }

    /// <summary>Wakes the loop without samples.</summary>
    internal void Wake()
    {
        lock (gate)
        {
            arrived.TrySetResult();
            hurry.TrySetResult();
        }
    }

    /// <summary>Takes what fits, all or nothing unless <paramref name="partly"/>; returns how many were taken.</summary>
    internal int Offer(ReadOnlySpan<Sample> samples, bool partly, TaskCompletionSource? done)
    {
        lock (gate)
        {
            var fits = (int)Math.Min(samples.Length, limit - pending);
            if (fits < samples.Length && !partly)
                return 0;
            for (var rest = samples[..fits]; !rest.IsEmpty;)
            {
                if (segments.Last is not { } last || last.Value.Count == last.Value.Samples.Length)
                    last = segments.AddLast((new Sample[Math.Max(SegmentSamples, Math.Min(rest.Length, 1 << 16))], 0));
                var (target, count) = last.Value;
                var taken = Math.Min(rest.Length, target.Length - count);
                rest[..taken].CopyTo(target.AsSpan(count));
                last.Value = (target, count + taken);
                rest = rest[taken..];
            }

            accepted += fits;
            pending += fits;
            if (done is not null && fits == samples.Length)
                waiters.Enqueue((accepted, done));
            if (fits > 0)
                arrived.TrySetResult();
            if (done is not null || pending > limit / 8)
                hurry.TrySetResult();
            return fits;
        }
    }

    /// <summary>Completes when there is something to take.</summary>
    internal Task ArrivedAsync()
    {
        lock (gate)
        {
            if (segments.First is not null)
                return Task.CompletedTask;
            if (arrived.Task.IsCompleted)
                arrived = NewSignal();
            return arrived.Task;
        }
    }

    /// <summary>Completes when there is room for at least one sample.</summary>
    internal Task RoomAsync()
    {
        lock (gate)
        {
            if (pending < limit)
                return Task.CompletedTask;
            if (room.Task.IsCompleted)
                room = NewSignal();
            return room.Task;
        }
    }

    /// <summary>Moves the oldest samples to <paramref name="batch"/>; they count as pending until <see cref="Commit"/>.</summary>
    internal void Take(List<Sample> batch, int most)
    {
        lock (gate)
        {
            while (batch.Count < most && segments.First is { } first)
            {
                var (samples, count) = first.Value;
                var taken = Math.Min(most - batch.Count, count - headOffset);
                batch.AddRange(samples.AsSpan(headOffset, taken));
                headOffset += taken;
                if (headOffset < count)
                    return;
                segments.RemoveFirst();
                headOffset = 0;
            }
        }
    }

    /// <summary>The oldest <paramref name="count"/> samples taken are durable (or refused).</summary>
    internal void Commit(int count)
    {
        List<TaskCompletionSource> done = [];
        lock (gate)
        {
            pending -= count;
            committed += count;
            while (waiters.TryPeek(out var waiter) && waiter.Upto <= committed)
                done.Add(waiters.Dequeue().Done);
            if (pending < limit)
                room.TrySetResult();
        }

        done.ForEach(waiter => waiter.TrySetResult());
    }

    /// <summary>Tells everybody who waits that it will not happen.</summary>
    internal void Fail(DatabaseException exception)
    {
        lock (gate)
        {
            while (waiters.TryDequeue(out var waiter))
                waiter.Done.TrySetException(exception);
            room.TrySetResult();
            arrived.TrySetResult();
        }
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
