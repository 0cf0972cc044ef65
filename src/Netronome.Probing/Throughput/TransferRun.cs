namespace Netronome.Probing.Throughput;

/// <summary>What the threads of one test share: the word to stop, the payload that is left, and the news that something ended.</summary>
/// <param name="senders">How many sending threads there are.</param>
sealed class TransferRun(int senders) : IDisposable
{
    readonly ManualResetEventSlim stop = new();
    readonly TaskCompletionSource<string?> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long bytesLeft = long.MaxValue;
    int busySenders = senders;
    volatile bool limited;

    /// <summary>True once the streams shall stop sending.</summary>
    public bool Stopped => stop.IsSet;

    /// <summary>Completes when a stream broke (with a sentence) or when all wanted bytes were moved (with null).</summary>
    public Task<string?> Ended => ended.Task;

    /// <summary>From now on only so many more bytes are wanted, over all streams.</summary>
    public void Limit(long bytes)
    {
        Volatile.Write(ref bytesLeft, bytes);
        limited = true;
    }

    /// <summary>How many of these bytes a sender may send; it must send them or the test has not ended.</summary>
    public int Take(int wanted)
    {
        if (!limited)
            return wanted;
        var before = Interlocked.Add(ref bytesLeft, -wanted) + wanted;
        return (int)Math.Clamp(before, 0, wanted);
    }

    /// <summary>A receiver got this many bytes.</summary>
    public void Note(int received)
    {
        if (limited && Interlocked.Add(ref bytesLeft, -received) <= 0)
            ended.TrySetResult(null);
    }

    /// <summary>A sender found nothing left to send; the last one to say so ends the test.</summary>
    public void Finish()
    {
        if (Interlocked.Decrement(ref busySenders) is 0)
            ended.TrySetResult(null);
    }

    /// <summary>A stream broke.</summary>
    public void Break(string sentence) => ended.TrySetResult(sentence);

    /// <summary>Tells all streams to stop sending.</summary>
    public void Stop() => stop.Set();

    /// <summary>Sleeps on the calling thread, less when the test stops.</summary>
    public void Pause(TimeSpan span) => stop.Wait(span);

    public void Dispose() => stop.Dispose();
}
