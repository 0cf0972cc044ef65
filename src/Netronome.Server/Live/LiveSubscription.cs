using Netronome.Server.Health;

namespace Netronome.Server.Live;

/// <summary>One listener's bounded queue.</summary>
public sealed class LiveSubscription : IDisposable
{
    const int MostQueued = 2048;

    readonly LiveFeed _feed;
    readonly HashSet<string> _topics = new(StringComparer.Ordinal);
    readonly List<string> _prefixes = [];
    readonly string _epoch;

    readonly Lock _gate = new();
    readonly Queue<Queued> _queue = new();
    readonly WakeSignal _arrived;
    long _sequence;
    bool _lost;

    readonly record struct Queued(long Sequence, LiveEvent Event);

    internal LiveSubscription(LiveFeed feed, IReadOnlyList<string> topics, string epoch, long sequence, TimeProvider time)
    {
        (_feed, _epoch, _sequence, _arrived) = (feed, epoch, sequence, new WakeSignal(time));
        foreach (var topic in topics)
        {
            if (topic.EndsWith("/*", StringComparison.Ordinal))
                _prefixes.Add(topic[..^1]);
            else
                _topics.Add(topic);
        }
    }

    /// <summary>Waits until something may be there, or <paramref name="patience"/> has passed.</summary>
    public Task WaitAsync(TimeSpan patience, CancellationToken cancellationToken) => _arrived.WaitAsync(patience, cancellationToken);

    /// <summary>Takes the next event; a null event says that some were lost before.</summary>
    public bool TryTake(out string id, out LiveEvent? happened)
    {
        lock (_gate)
        {
            if (_lost)
            {
                (_lost, happened) = (false, null);
                id = $"{_epoch}-{_sequence}";
                return true;
            }

            if (_queue.TryDequeue(out var next))
            {
                (id, happened) = ($"{_epoch}-{next.Sequence}", next.Event);
                return true;
            }
        }

        (id, happened) = ("", null);
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _feed.Remove(this);

    internal void Offer(long sequence, LiveEvent happened)
    {
        if (!Hears(happened.Topic))
            return;
        lock (_gate)
        {
            _sequence = sequence;
            if (_lost)
                return;
            if (_queue.Count >= MostQueued)
            {
                _queue.Clear();
                _lost = true;
            }
            else
            {
                _queue.Enqueue(new Queued(sequence, happened));
            }
        }

        _arrived.Ring();
    }

    internal void LoseAll(long sequence)
    {
        lock (_gate)
        {
            _queue.Clear();
            (_lost, _sequence) = (true, sequence);
        }

        _arrived.Ring();
    }

    bool Hears(string topic)
    {
        if (_topics.Contains(topic))
            return true;
        foreach (var prefix in _prefixes)
        {
            if (topic.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
