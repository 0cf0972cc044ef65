namespace Netronome.Server.Monitors;

/// <summary>Puts together what the API shows of a monitor: definition, state and its last day.</summary>
sealed class MonitorViews(MonitorStates states, MonitorHistory history)
{
    public async Task<MonitorView> OfAsync(StoredMonitor monitor, CancellationToken cancellationToken)
    {
        var definition = monitor.Definition;
        return new MonitorView
        {
            Id = monitor.Id,
            Kind = "icmp",
            Name = definition.Name,
            Target = definition.Target,
            Enabled = definition.Enabled,
            Every = definition.Every,
            Zone = definition.Zone,
            Packets = definition.Packets,
            SpacingMs = definition.SpacingMs,
            DeadlineMs = definition.DeadlineMs,
            SizeBytes = definition.SizeBytes,
            Dscp = definition.Dscp,
            Family = definition.Family,
            Source = definition.Source,
            CreatedAt = monitor.CreatedAt,
            UpdatedAt = monitor.UpdatedAt,
            State = StateOf(monitor),
            Last24h = await history.ReadDayAsync(monitor.Id, cancellationToken),
        };
    }

    // Between a pause or a resume and the runner's next turn the old state is still there.
    MonitorState StateOf(StoredMonitor monitor)
    {
        var state = states.Of(monitor);
        if (monitor.Definition.Enabled == (state.Status != MonitorStatus.Paused))
            return state;
        return new MonitorState(monitor.Definition.Enabled ? MonitorStatus.Waiting : MonitorStatus.Paused, monitor.UpdatedAt);
    }
}
