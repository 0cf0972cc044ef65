using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Netronome.Server.Scheduling;

/// <summary>
/// Runs named jobs at their times. A time that passed while the machine slept or the clock was set is left out and counted, never
/// made up for; a job whose run is still in progress is skipped and counted; a failed run changes nothing about the next.
/// </summary>
public sealed partial class ScheduleLoop(TimeProvider time, ILogger<ScheduleLoop> logger)
{
    // A clock that was set back is noticed at the latest after this long.
    static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LatestStart = TimeSpan.FromMinutes(1);
    static readonly TimeSpan SmallStep = TimeSpan.FromSeconds(1);
    // Further back than this the clock had been plainly wrong, and what ran by it does not count.
    static readonly TimeSpan LargestStepBack = TimeSpan.FromHours(24);

    readonly Lock gate = new();
    readonly Dictionary<string, ScheduleJob> jobs = [];
    readonly Dictionary<string, Task> ending = [];
    readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    PriorityQueue<ScheduleJob, DateTimeOffset> queue = new();
    (DateTimeOffset Clock, long Timestamp)? lastTurn;
    bool stopped;

    /// <summary>When the loop last looked for work, UTC; null before it runs. Older than half a minute means that it hangs.</summary>
    public DateTimeOffset? LastTurnAt
    {
        get
        {
            lock (gate)
                return lastTurn?.Clock;
        }
    }

    /// <summary>Told after every look for work; a test's only way to know that the loop has seen the clock.</summary>
    internal Action? Turned { get; set; }

    /// <summary>
    /// Adds a job or replaces the one of that name: the old one's run is cancelled, and the new one starts at its next time after
    /// that run has ended. An interval without a phase gets one that follows from the name, so that jobs spread over the interval.
    /// </summary>
    public void Set(string name, Schedule schedule, Func<ScheduledRun, CancellationToken, Task> run)
    {
        if (schedule.Every is not null && schedule.Phase == TimeSpan.Zero)
            schedule = schedule.WithPhase(SplitMix.Seed(name));
        ScheduleJob? replaced;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopped, this);
            replaced = Detach(name);
            var job = new ScheduleJob(name, schedule, run, ending.GetValueOrDefault(name, Task.CompletedTask))
            {
                NextRunAt = schedule.Next(time.GetUtcNow()),
            };
            jobs.Add(name, job);
            queue.Enqueue(job, job.NextRunAt);
        }
        replaced?.Stop();
        Wake();
    }

    /// <summary>Removes a job, cancels its run, and completes when that run has ended. Unknown names are fine.</summary>
    public Task RemoveAsync(string name)
    {
        ScheduleJob? removed;
        Task running;
        lock (gate)
        {
            removed = Detach(name);
            running = ending.GetValueOrDefault(name, Task.CompletedTask);
        }
        removed?.Stop();
        return running;
    }

    /// <summary>What one job does; null when there is none of that name.</summary>
    public ScheduleStatus? Find(string name)
    {
        lock (gate)
            return jobs.GetValueOrDefault(name)?.Describe();
    }

    /// <summary>What all jobs do, soonest first.</summary>
    public IReadOnlyList<ScheduleStatus> List()
    {
        lock (gate)
            return [.. jobs.Values.Select(job => job.Describe()).OrderBy(job => job.NextRunAt).ThenBy(job => job.Name, StringComparer.Ordinal)];
    }

    /// <summary>Runs until <paramref name="cancellationToken"/> is cancelled, then cancels the runs in progress and waits for them.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var timer = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (true)
            {
                timer.Change(StartDue(), Timeout.InfiniteTimeSpan);
                Turned?.Invoke();
                await wake.Reader.ReadAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        finally
        {
            await StopAllAsync();
        }
    }

    /// <summary>Looks for work now.</summary>
    internal void Wake() => wake.Writer.TryWrite(true);

    /// <summary>Completes when the run in progress has ended.</summary>
    internal Task EndedAsync(string name)
    {
        lock (gate)
            return jobs.GetValueOrDefault(name)?.Current ?? Task.CompletedTask;
    }

    /// <summary>Starts what is due and returns how long to sleep.</summary>
    TimeSpan StartDue()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var timestamp = time.GetTimestamp();
            if (lastTurn is { } last && now < last.Clock + time.GetElapsedTime(last.Timestamp, timestamp) - SmallStep)
                PlanAgain(now);
            lastTurn = (now, timestamp);
            while (queue.TryPeek(out var job, out var due) && (job.Removed || due <= now))
            {
                queue.Dequeue();
                if (job.Removed)
                    continue;
                StartOrLeaveOut(job, now);
                job.NextRunAt = job.Schedule.Next(now);
                queue.Enqueue(job, job.NextRunAt);
            }
            var sleep = queue.TryPeek(out _, out var next) ? next - now : LongestSleep;
            // Timers count whole milliseconds; one that fires early would only spin.
            return sleep >= LongestSleep ? LongestSleep : TimeSpan.FromMilliseconds(Math.Ceiling(sleep.TotalMilliseconds));
        }
    }

    void StartOrLeaveOut(ScheduleJob job, DateTimeOffset now)
    {
        var late = now - job.NextRunAt;
        if (late > (job.Schedule.Every is { } every && every < LatestStart ? every : LatestStart))
        {
            job.Missed += CountMissed(job, now);
            LogMissed(job.Name, job.NextRunAt, late.TotalSeconds);
            return;
        }
        if (!job.Current.IsCompleted)
        {
            job.Skipped++;
            if (!job.SkipLogged)
                LogSkipped(job.Name);
            job.SkipLogged = true;
            return;
        }
        job.SkipLogged = false;
        var run = new ScheduledRun(job.Name, job.NextRunAt, now);
        job.LastPlannedAt = job.NextRunAt;
        job.LastStartedAt = now;
        job.Started++;
        // Its own task from the start: a job that computes before it first waits must not hold up the others.
        job.Current = Task.Run(() => RunJobAsync(job, run), CancellationToken.None);
    }

    static long CountMissed(ScheduleJob job, DateTimeOffset now)
    {
        if (job.Schedule.Every is { } every)
            return 1 + (now - job.NextRunAt).Ticks / every.Ticks;
        // A clock set decades ahead must not hold the loop up.
        var count = 1;
        for (var next = job.Schedule.Next(job.NextRunAt); next <= now && count < 1_000; next = job.Schedule.Next(next))
            count++;
        return count;
    }

    async Task RunJobAsync(ScheduleJob job, ScheduledRun run)
    {
        string? fault = null;
        try
        {
            await job.Run(run, job.Stopping);
        }
        catch (OperationCanceledException) when (job.Stopping.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            fault = exception.Message;
            LogFailed(exception, job.Name);
        }
        lock (gate)
        {
            job.LastFault = fault;
            if (fault is not null)
                job.Failed++;
        }
    }

    // The clock was set back: what is planned by the old time could be hours away.
    void PlanAgain(DateTimeOffset now)
    {
        var all = new PriorityQueue<ScheduleJob, DateTimeOffset>(jobs.Count);
        foreach (var job in jobs.Values)
        {
            // A clock time that has had its run does not get a second one because the clock shows it again.
            var from = job.Schedule.Every is null && job.LastPlannedAt is { } ran && ran > now && ran - now < LargestStepBack ? ran : now;
            job.NextRunAt = job.Schedule.Next(from);
            all.Enqueue(job, job.NextRunAt);
        }
        queue = all;
        LogClockSetBack(jobs.Count);
    }

    ScheduleJob? Detach(string name)
    {
        if (!jobs.Remove(name, out var job))
            return null;
        job.Removed = true;
        if (!job.Current.IsCompleted)
        {
            ending[name] = job.Current;
            // Forgets the run when it has ended, unless the name has had another since.
            _ = job.Current.ContinueWith(Forget, name, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return job;
    }

    void Forget(Task run, object? name)
    {
        lock (gate)
        {
            if (ending.TryGetValue((string)name!, out var last) && last == run)
                ending.Remove((string)name!);
        }
    }

    async Task StopAllAsync()
    {
        Task[] running;
        ScheduleJob[] stopping;
        lock (gate)
        {
            stopped = true;
            stopping = [.. jobs.Values];
            running = [.. jobs.Values.Select(job => job.Current), .. ending.Values];
        }
        foreach (var job in stopping)
            job.Stop();
        await Task.WhenAll(running);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed; it runs again at its next time")]
    partial void LogFailed(Exception exception, string job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} is skipped for as long as its run before is in progress")]
    partial void LogSkipped(string job);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} is left out this time: {PlannedAt:O} passed {LateSeconds} s ago, asleep or without processor")]
    partial void LogMissed(string job, DateTimeOffset plannedAt, double lateSeconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock was set back; {Jobs} jobs are planned again")]
    partial void LogClockSetBack(int jobs);
}
