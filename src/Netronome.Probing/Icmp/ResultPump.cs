using System.Collections.Concurrent;

namespace Netronome.Probing.Icmp;

/// <summary>
/// Carries results from the engine's thread to their readers. One wake-up of one thread delivers all results of the last moment and runs the readers
/// that wait for them one after the other: a work item for each result costs more than the probe (docs/decisions/0004-icmp-engine.md).
/// </summary>
sealed class ResultPump : IThreadPoolWorkItem, IDisposable
{
    /// <summary>A result waits at most this long for others, and not at all when there was none for as long.</summary>
    public const long GatherNanoseconds = 25_000_000;

    const long StuckNanoseconds = 100_000_000;

    readonly ConcurrentQueue<(IcmpRun Run, ProbeResult? Result)> queue = [];
    readonly AutoResetEvent wake = new(initialState: false);
    volatile bool isStopping;
    bool hasNew;
    long delivered;
    long deliveredBefore;
    long progressAt;
    long flushedAt = long.MinValue / 2;

    public ResultPump() => new Thread(Run) { IsBackground = true, Name = "icmp results" }.Start();

    /// <summary>When <see cref="Flush"/> has something to do; <see cref="long.MaxValue"/> when it has not. Engine's thread.</summary>
    public long DueAt => hasNew ? flushedAt + GatherNanoseconds : queue.IsEmpty ? long.MaxValue : flushedAt + StuckNanoseconds;

    /// <summary>Keeps a result until <see cref="Flush"/>. Engine's thread.</summary>
    public void Add(IcmpRun run, in ProbeResult result)
    {
        hasNew = true;
        queue.Enqueue((run, result));
    }

    /// <summary>Keeps word of the run's end until <see cref="Flush"/>.</summary>
    public void AddEnd(IcmpRun run)
    {
        hasNew = true;
        queue.Enqueue((run, null));
    }

    /// <summary>Has what was added delivered, if it is time. Engine's thread.</summary>
    public void Flush(long now)
    {
        if (now < DueAt)
            return;
        (flushedAt, hasNew) = (now, false);
        wake.Set();
        // A reader that blocks its thread must not hold up the results of the others: a pool thread takes over.
        var count = Volatile.Read(ref delivered);
        if (count != deliveredBefore)
            (deliveredBefore, progressAt) = (count, now);
        else if (now - progressAt >= StuckNanoseconds)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Delivers what there is.</summary>
    public void Execute()
    {
        while (queue.TryDequeue(out var item))
        {
            item.Run.Deliver(item.Result);
            Interlocked.Increment(ref delivered);
        }
    }

    void Run()
    {
        while (!isStopping)
        {
            wake.WaitOne();
            Execute();
        }

        // What was added between our last look and the order to stop.
        Execute();
        wake.Dispose();
    }

    /// <summary>Delivers the rest and ends the thread.</summary>
    public void Dispose()
    {
        isStopping = true;
        wake.Set();
    }
}
