namespace Netronome.Server.Scheduling;

/// <summary>One run of a job.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="PlannedAt">When it was to start, jitter included, UTC.</param>
/// <param name="StartedAt">When it did start, UTC; never long after <paramref name="PlannedAt"/>, since a missed run is left out.</param>
public readonly record struct ScheduledRun(string Name, DateTimeOffset PlannedAt, DateTimeOffset StartedAt);
