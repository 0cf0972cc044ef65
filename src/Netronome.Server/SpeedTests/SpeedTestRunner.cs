using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Netronome.Probing.Throughput;
using Netronome.Server.Database;
using Netronome.Server.Health;
using Netronome.Server.Live;

namespace Netronome.Server.SpeedTests;

/// <summary>
/// Runs the queue, oldest first and one at a time: two heavy tests at once would measure each other. What was measured is
/// saved every second, so that a killed server leaves a test that says how far it came.
/// </summary>
sealed partial class SpeedTestRunner(
    SpeedRunStore store, RunIperf3 measure, SchemaLoop schema, LiveFeed feed, ServerOptions options, TimeProvider time, LoopPulses pulses,
    ILogger<SpeedTestRunner> logger)
{
    const int MostQueued = 20;
    const int BusyRetries = 5;
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    readonly LoopPulse _pulse = pulses.Add("speed tests");
    readonly WakeSignal _added = new(time);
    readonly ConcurrentDictionary<long, TaskCompletionSource<SpeedRun>> _awaited = new();
    ActiveRun? _active;

    /// <summary>The test that runs now, with what it has measured.</summary>
    public SpeedRun? Active => Volatile.Read(ref _active)?.Snapshot();

    /// <summary>What was measured last, also after its test has ended.</summary>
    public RunProgress? LastProgress { get; private set; }

    /// <summary>The test that ended last in this life of the server.</summary>
    public SpeedRun? LastEnded { get; private set; }

    /// <summary>Puts a test into the queue; null when it is full.</summary>
    public async Task<SpeedRun?> AddAsync(RunServer server, RunOptions wanted, CancellationToken cancellationToken)
    {
        if (await store.AddAsync(server, wanted, MostQueued, cancellationToken) is not { } run)
            return null;
        Tell(run);
        _added.Ring();
        return run;
    }

    /// <summary>Completes with the test when nothing more will happen to it.</summary>
    public async Task<SpeedRun> WhenOverAsync(long id, CancellationToken cancellationToken)
    {
        var over = _awaited.GetOrAdd(id, _ => new TaskCompletionSource<SpeedRun>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (await store.FindAsync(id, cancellationToken) is { IsOver: true } run)
        {
            _awaited.TryRemove(id, out _);
            return run;
        }

        return await over.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Stops a test that waits or runs; null when it is over or unknown.</summary>
    public async Task<SpeedRun?> CancelAsync(long id, CancellationToken cancellationToken)
    {
        if (await store.CancelQueuedAsync(id, cancellationToken) is { } queued)
        {
            End(queued);
            return queued;
        }

        if (Volatile.Read(ref _active) is not { } active || active.Id != id)
            return null;
        active.Cancel();
        return active.Snapshot();
    }

    /// <summary>Works off the queue until the server stops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var beat = time.CreateTimer(_ => _pulse.Beat(), null, TimeSpan.Zero, LookEvery);
        await schema.Migrated.WaitAsync(cancellationToken);
        var cleaned = false;
        while (true)
        {
            try
            {
                if (!cleaned)
                {
                    await store.AbortRunningAsync(
                        new RunError("serverStopped", "The server stopped while the test ran."), cancellationToken);
                    cleaned = true;
                }

                if (await store.FindNextAsync(cancellationToken) is { } next)
                {
                    await RunOneAsync(next, cancellationToken);
                    continue;
                }
            }
            catch (DatabaseException exception)
            {
                LogWaiting(exception.Message);
            }

            await _added.WaitAsync(LookEvery, cancellationToken);
        }
    }

    async Task RunOneAsync(SpeedRun queued, CancellationToken cancellationToken)
    {
        using var active = new ActiveRun(queued with { Status = RunStatus.Running, StartedAt = time.GetUtcNow() }, cancellationToken);
        if (!await store.SaveAsync(active.Snapshot(), cancellationToken))
            return;
        Volatile.Write(ref _active, active);
        Tell(active.Snapshot());
        LogStarted(active.Id, queued.Server.Host, queued.Server.Port);
        using var saving = new CancellationTokenSource();
        var saver = SaveRegularlyAsync(active, saving.Token);
        SpeedRun ended;
        try
        {
            ended = await MeasureAsync(active);
        }
        finally
        {
            await saving.CancelAsync();
            await saver;
            Volatile.Write(ref _active, null);
        }

        LogEnded(ended.Id, ended.Status, ended.Error?.Message);
        await SaveAtLastAsync(ended, cancellationToken);
        End(ended);
        cancellationToken.ThrowIfCancellationRequested();
    }

    async Task<SpeedRun> MeasureAsync(ActiveRun active)
    {
        var wanted = active.Snapshot().Options;
        RunPhase[] phases = wanted.Direction switch
        {
            RunDirection.Download => [RunPhase.Download],
            RunDirection.Upload => [RunPhase.Upload],
            _ => [RunPhase.Download, RunPhase.Upload],
        };

        for (var index = 0; index < phases.Length; index++)
        {
            var phase = phases[index];
            active.Change(run => run with { Phase = phase });
            if (index > 0)
                Tell(active.Snapshot());
            try
            {
                var result = await MeasurePhaseAsync(active, phase, index, phases.Length);
                if (ToResult(result) is { } figure)
                    active.Change(run => phase == RunPhase.Download ? run with { Download = figure } : run with { Upload = figure });
                if (active.Stop.IsCancellationRequested)
                    return FinishStopped(active);
                if (result.Failure is { } failure)
                    return Finish(active, RunStatus.Failed, new RunError(Word(failure), result.Message ?? "The test failed."));
            }
            catch (OperationCanceledException) when (active.Stop.IsCancellationRequested)
            {
                return FinishStopped(active);
            }
            catch (Exception exception)
            {
                LogFailed(active.Id, exception);
                return Finish(active, RunStatus.Failed, new RunError("internal", "The test failed in a way it should not; the log says more."));
            }
        }

        return Finish(active, RunStatus.Completed, null);
    }

    async Task<Iperf3Result> MeasurePhaseAsync(ActiveRun active, RunPhase phase, int index, int phases)
    {
        var run = active.Snapshot();
        var whole = TimeSpan.FromSeconds(run.Options.Seconds + run.Options.OmitSeconds);
        for (var attempt = 0; ; attempt++)
        {
            using var limit = new CancellationTokenSource(whole + options.IperfTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, active.Stop);
            Iperf3Result result;
            try
            {
                result = await measure(
                    new Iperf3Options
                    {
                        Host = run.Server.Host,
                        Port = run.Server.Port,
                        Direction = phase == RunPhase.Download ? TransferDirection.Download : TransferDirection.Upload,
                        Streams = run.Options.Streams,
                        Duration = TimeSpan.FromSeconds(run.Options.Seconds),
                        Omit = TimeSpan.FromSeconds(run.Options.OmitSeconds),
                    },
                    interval => Note(active, phase, interval, (index + Math.Min(1, interval.To / whole)) / phases),
                    time, either.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !active.Stop.IsCancellationRequested)
            {
                result = new Iperf3Result { Failure = ThroughputFailure.Cancelled };
            }

            if (limit.IsCancellationRequested && result.Failure == ThroughputFailure.Cancelled && !active.Stop.IsCancellationRequested)
            {
                return result with
                {
                    Failure = ThroughputFailure.Timeout,
                    Message = $"The test was not over {options.IperfTimeout.TotalSeconds:0} s after it should have been.",
                };
            }

            // iperf3 serves one client, and may still be closing the direction before.
            if (result.Failure != ThroughputFailure.Busy || index == 0 || attempt == BusyRetries)
                return result;
            await Task.Delay(RetryAfter, time, active.Stop);
        }
    }

    void Note(ActiveRun active, RunPhase phase, Iperf3Interval interval, double fraction)
    {
        var measured = new RunInterval(
            phase, (long)interval.From.TotalMilliseconds, (long)interval.To.TotalMilliseconds, Math.Round(interval.BitsPerSecond), interval.Omitted);
        active.Add(measured);
        LastProgress = new RunProgress(
            active.Id, RunStatus.Running, phase, measured.FromMs, measured.ToMs, measured.BitsPerSecond, measured.Omitted,
            Math.Round(Math.Clamp(fraction, 0, 1), 4));
        var json = JsonSerializer.SerializeToUtf8Bytes(LastProgress, ServerJson.Default.RunProgress);
        feed.Publish(new LiveEvent($"run/{active.Id}", "progress", json));
        feed.Publish(new LiveEvent("runs", "progress", json));
    }

    async Task SaveRegularlyAsync(ActiveRun active, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SaveEvery, time, cancellationToken);
                if (!active.TakeChanged())
                    continue;
                try
                {
                    await store.SaveAsync(active.Snapshot(), cancellationToken);
                }
                catch (DatabaseException exception)
                {
                    active.MarkChanged();
                    LogWaiting(exception.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over; the end is saved by its owner.
        }
    }

    /// <summary>Saves the end, however long the database is away; when the server stops there is one last try.</summary>
    async Task SaveAtLastAsync(SpeedRun ended, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await store.SaveAsync(ended, CancellationToken.None);
                return;
            }
            catch (DatabaseException exception) when (!cancellationToken.IsCancellationRequested)
            {
                LogWaiting(exception.Message);
            }

            await Task.Delay(RetryAfter, time, cancellationToken);
        }
    }

    SpeedRun FinishStopped(ActiveRun active) => active.IsCancelled
        ? Finish(active, RunStatus.Cancelled, null)
        : Finish(active, RunStatus.Aborted, new RunError("serverStopped", "The server stopped while the test ran."));

    SpeedRun Finish(ActiveRun active, RunStatus status, RunError? error) =>
        active.Change(run => run with { Status = status, Phase = null, FinishedAt = time.GetUtcNow(), Error = error });

    void End(SpeedRun run)
    {
        LastEnded = run;
        Tell(run);
        if (_awaited.TryRemove(run.Id, out var over))
            over.TrySetResult(run);
    }

    void Tell(SpeedRun run)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(run with { Intervals = null }, ServerJson.Default.SpeedRun);
        feed.Publish(new LiveEvent($"run/{run.Id}", "run", json));
        feed.Publish(new LiveEvent("runs", "run", json));
    }

    static RunResult? ToResult(Iperf3Result result) => result.ReceivedBitsPerSecond is { } rate
        ? new RunResult(
            Math.Round(rate), Math.Round(result.ReceiverDuration!.Value.TotalSeconds, 6), result.SentBytes, result.ReceivedBytes,
            result.Retransmits)
        : null;

    static string Word(ThroughputFailure failure) => JsonNamingPolicy.CamelCase.ConvertName(failure.ToString());

    [LoggerMessage(LogLevel.Information, "Speed test {Run} against {Host} port {Port} began")]
    partial void LogStarted(long run, string host, int port);

    [LoggerMessage(LogLevel.Information, "Speed test {Run} ended: {Status} {Reason}")]
    partial void LogEnded(long run, RunStatus status, string? reason);

    [LoggerMessage(LogLevel.Error, "Speed test {Run} failed")]
    partial void LogFailed(long run, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Speed tests wait for the database: {Reason}")]
    partial void LogWaiting(string reason);
}
