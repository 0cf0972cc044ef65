namespace Netronome.Server.Scheduling;

/// <summary>One job as the loop keeps it; everything that changes is guarded by the loop's lock.</summary>
#pragma warning disable CA1001 // the token source has neither timer nor wait handle, and a run may still hold its token
sealed class ScheduleJob(string name, Schedule schedule, Func<ScheduledRun, CancellationToken, Task> run, Task predecessor)
#pragma warning restore CA1001
{
    readonly CancellationTokenSource stopping = new();

    public string Name => name;

    public Schedule Schedule => schedule;

    public Func<ScheduledRun, CancellationToken, Task> Run => run;

    /// <summary>Ends the run in progress.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>The run in progress; before the first run that of the job this one replaced, so that the two never overlap.</summary>
    public Task Current { get; set; } = predecessor;

    public DateTimeOffset NextRunAt { get; set; }

    public DateTimeOffset? LastPlannedAt { get; set; }

    public DateTimeOffset? LastStartedAt { get; set; }

    public string? LastFault { get; set; }

    public long Started { get; set; }

    public long Failed { get; set; }

    public long Skipped { get; set; }

    public long Missed { get; set; }

    /// <summary>The run in progress has already made one be skipped; more are counted but not logged.</summary>
    public bool SkipLogged { get; set; }

    /// <summary>No longer wanted; the queue drops it when its turn comes.</summary>
    public bool Removed { get; set; }

    public void Stop() => stopping.Cancel();

    public ScheduleStatus Describe() => new()
    {
        Name = name,
        NextRunAt = NextRunAt,
        Running = !Current.IsCompleted,
        LastStartedAt = LastStartedAt,
        LastFault = LastFault,
        Started = Started,
        Failed = Failed,
        Skipped = Skipped,
        Missed = Missed,
    };
}
