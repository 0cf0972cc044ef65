namespace Netronome.Server.Scheduling;

/// <summary>What a job did and what it will do.</summary>
public sealed record ScheduleStatus
{
    /// <summary>The job's name.</summary>
    public required string Name { get; init; }

    /// <summary>When it runs next, UTC.</summary>
    public required DateTimeOffset NextRunAt { get; init; }

    /// <summary>A run is in progress.</summary>
    public required bool Running { get; init; }

    /// <summary>When the latest run started, UTC; null before the first.</summary>
    public DateTimeOffset? LastStartedAt { get; init; }

    /// <summary>What ended the latest run that failed; null when the latest run did well.</summary>
    public string? LastFault { get; init; }

    /// <summary>Runs started.</summary>
    public required long Started { get; init; }

    /// <summary>Runs that ended with an exception.</summary>
    public required long Failed { get; init; }

    /// <summary>Runs left out because the one before was still in progress.</summary>
    public required long Skipped { get; init; }

    /// <summary>Times at which a run was due while the machine slept, the clock was set, or this process got no processor.</summary>
    public required long Missed { get; init; }
}
