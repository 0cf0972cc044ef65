using System.Collections.Concurrent;
using System.Text.Json;
using Netronome.Probing;
using Netronome.Server.Live;
using Netronome.Server.Series;

namespace Netronome.Server.Monitors;

/// <summary>Tells probes live once they are durable: what a page draws is there after a reload too.</summary>
sealed class MonitorFeed(LiveFeed feed)
{
    readonly ConcurrentDictionary<SeriesId, long> _monitors = new();

    public void Follow(SeriesId series, long monitor) => _monitors[series] = monitor;

    public void Forget(long monitor)
    {
        foreach (var (series, of) in _monitors)
        {
            if (of == monitor)
                _monitors.TryRemove(series, out _);
        }
    }

    /// <summary>Called by the series writer after each commit.</summary>
    public void Committed(IReadOnlyList<Sample> samples)
    {
        foreach (var group in samples.GroupBy(sample => sample.Series))
        {
            if (_monitors.TryGetValue(group.Key, out var monitor))
                Tell(monitor, [.. group]);
        }
    }

    void Tell(long monitor, Sample[] samples)
    {
        var arrived = new ProbesArrived(
            monitor,
            Array.ConvertAll(samples, sample => sample.AtMicros / 1000),
            Array.ConvertAll(samples, sample => sample.Bits >= 0 ? Math.Round(sample.Bits / 1000.0, 1) : (double?)null),
            Array.ConvertAll(samples, sample => sample.Bits >= 0 ? null : LossWords.Word((Loss)(-sample.Bits))));
        feed.Publish(new LiveEvent(
            $"monitor/{monitor}", "probes", JsonSerializer.SerializeToUtf8Bytes(arrived, ServerJson.Default.ProbesArrived)));
    }
}
