using System.Globalization;

namespace Netronome.Server.Live;

/// <summary>
/// Fans out what happened to everyone who listens. Publishing never waits: a slow listener loses what its queue can't hold and
/// is told so. The last minute is kept, so that a listener who was cut off can go on where it was.
/// </summary>
public sealed class LiveFeed(TimeProvider time)
{
    const int MostKeptEvents = 100_000;
    const int MostKeptBytes = 16 * 1024 * 1024;
    static readonly TimeSpan Kept = TimeSpan.FromSeconds(60);

    readonly Lock _gate = new();
    readonly Queue<Remembered> _memory = new();
    readonly List<LiveSubscription> _subscriptions = [];
    long _sequence;
    long _memoryBytes;
    long _firstKept = 1;

    readonly record struct Remembered(long Sequence, LiveEvent Event, long Timestamp);

    /// <summary>Names this life of the server: ids of another one can't be resumed.</summary>
    public string Epoch { get; } = time.GetUtcNow().ToUnixTimeMilliseconds().ToString("x", CultureInfo.InvariantCulture);

    /// <summary>How many listen.</summary>
    public int Listeners
    {
        get
        {
            lock (_gate)
                return _subscriptions.Count;
        }
    }

    /// <summary>Tells everyone who listens to the event's topic.</summary>
    public void Publish(LiveEvent happened)
    {
        lock (_gate)
        {
            var sequence = ++_sequence;
            _memory.Enqueue(new Remembered(sequence, happened, time.GetTimestamp()));
            _memoryBytes += happened.Json.Length;
            Forget();
            foreach (var subscription in _subscriptions)
                subscription.Offer(sequence, happened);
        }
    }

    /// <summary>
    /// Begins to listen. When <paramref name="lastEventId"/> is of this epoch and still remembered, what came after it comes first;
    /// when it is not, the subscription begins with a reset.
    /// </summary>
    public LiveSubscription Subscribe(IReadOnlyList<string> topics, string? lastEventId)
    {
        lock (_gate)
        {
            var subscription = new LiveSubscription(this, topics, Epoch, _sequence, time);
            if (lastEventId is { Length: > 0 })
            {
                if (TryResume(lastEventId, out var after))
                {
                    foreach (var remembered in _memory)
                    {
                        if (remembered.Sequence > after)
                            subscription.Offer(remembered.Sequence, remembered.Event);
                    }
                }
                else
                {
                    subscription.LoseAll(_sequence);
                }
            }

            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    internal void Remove(LiveSubscription subscription)
    {
        lock (_gate)
            _subscriptions.Remove(subscription);
    }

    bool TryResume(string lastEventId, out long after)
    {
        after = 0;
        return lastEventId.Length <= 64
            && lastEventId.Split('-') is [var epoch, var number]
            && epoch == Epoch
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out after)
            && after <= _sequence
            && after >= _firstKept - 1;
    }

    void Forget()
    {
        while (_memory.TryPeek(out var oldest)
            && (_memory.Count > MostKeptEvents || _memoryBytes > MostKeptBytes || time.GetElapsedTime(oldest.Timestamp) > Kept))
        {
            _memory.Dequeue();
            _memoryBytes -= oldest.Event.Json.Length;
            _firstKept = oldest.Sequence + 1;
        }
    }
}
