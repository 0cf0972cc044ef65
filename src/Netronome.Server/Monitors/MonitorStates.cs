using System.Collections.Concurrent;
using System.Text.Json;
using Netronome.Server.Health;
using Netronome.Server.Live;

namespace Netronome.Server.Monitors;

/// <summary>How each monitor is doing, in memory; a change is told live.</summary>
sealed class MonitorStates(LiveFeed feed, TimeProvider time)
{
    readonly ConcurrentDictionary<long, MonitorState> _states = new();

    public MonitorState Of(StoredMonitor monitor) => _states.TryGetValue(monitor.Id, out var state)
        ? state
        : new MonitorState(monitor.Definition.Enabled ? MonitorStatus.Waiting : MonitorStatus.Paused, monitor.UpdatedAt);

    public MonitorCounts Count()
    {
        var states = _states.Values;
        return new MonitorCounts(
            states.Count,
            states.Count(state => state.Status is MonitorStatus.Measuring),
            states.Count(state => state.Status is MonitorStatus.Paused),
            states.Count(state => state.Status is MonitorStatus.NoPermission or MonitorStatus.NameNotResolved or MonitorStatus.Failed));
    }

    /// <summary>Notes a state; nothing is told when it is the same as before but for the next run.</summary>
    public void Set(
        long id, MonitorStatus status, string? reason = null, string? address = null, string? clock = null, DateTimeOffset? nextRunAt = null)
    {
        var before = _states.GetValueOrDefault(id);
        if (before is not null && before.Status == status && before.Reason == reason && before.Address == address && before.Clock == clock
            && before.NextRunAt == nextRunAt)
            return;
        var since = before?.Status == status ? before.Since : time.GetUtcNow();
        var state = new MonitorState(status, since, reason, address, clock, nextRunAt);
        _states[id] = state;
        feed.Publish(new LiveEvent(
            "monitors", "state", JsonSerializer.SerializeToUtf8Bytes(new MonitorStateChanged(id, state), ServerJson.Default.MonitorStateChanged)));
    }

    public void Forget(long id) => _states.TryRemove(id, out _);
}
