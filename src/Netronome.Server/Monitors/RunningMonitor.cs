using System.Net;
using Microsoft.Extensions.Logging;
using Netronome.Probing;
using Netronome.Probing.Icmp;
using Netronome.Server.Scheduling;
using Netronome.Server.Series;

namespace Netronome.Server.Monitors;

/// <summary>
/// One monitor at work. Frequent single probes are one endless run of the engine; everything else is a cycle at a time, begun by
/// the schedule. A cycle that could not be sent is stored as such and told in the state, and never counts as packet loss.
/// </summary>
sealed partial class RunningMonitor(
    StoredMonitor monitor, Schedule schedule, SeriesId series, SeriesStore store, IcmpSource icmp, TargetName name, MonitorStates states,
    ScheduleLoop loop, TimeProvider time, ILogger logger)
{
    static readonly TimeSpan LongestStream = TimeSpan.FromSeconds(10);

    readonly MonitorDefinition _definition = monitor.Definition;
    readonly string _job = $"monitor/{monitor.Id}";

    bool IsStream => _definition.Packets == 1 && schedule.Every is { } every && every <= LongestStream;

    /// <summary>Measures until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        states.Set(monitor.Id, MonitorStatus.Waiting);
        await name.LookUpAsync(cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var lookingUp = name.RunAsync(stop.Token);
        try
        {
            if (IsStream)
                await StreamAsync(cancellationToken);
            else
                await FollowScheduleAsync(cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            try
            {
                await lookingUp;
            }
            catch (OperationCanceledException)
            {
                // It was told to.
            }
        }
    }

    async Task StreamAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (found, changed) = name.Current;
            if (found.Address is not null)
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(changed, cancellationToken);
                try
                {
                    var options = Options(count: null, startDelay: UntilNext());
                    await foreach (var probe in icmp.ProbeAsync(found.Address, options, stop.Token))
                        await KeepAsync(found.Address, probe, cancellationToken);
                }
                catch (OperationCanceledException) when (changed.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                {
                    continue;
                }
                catch (ProbingException exception)
                {
                    await NotSentAsync(exception, found.Address, cancellationToken);
                }
            }
            else
            {
                await NotResolvedAsync(found, cancellationToken);
            }

            await WaitAsync(UntilNext(), changed, cancellationToken);
        }
    }

    async Task FollowScheduleAsync(CancellationToken cancellationToken)
    {
        var forever = new TaskCompletionSource();
        loop.Set(_job, schedule, (_, stop) => CycleAsync(stop));
        states.Set(monitor.Id, MonitorStatus.Waiting, nextRunAt: loop.Find(_job)?.NextRunAt);
        try
        {
            await forever.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            await loop.RemoveAsync(_job);
        }
    }

    async Task CycleAsync(CancellationToken cancellationToken)
    {
        var (found, _) = name.Current;
        if (found.Address is null)
        {
            await NotResolvedAsync(found, cancellationToken);
            return;
        }

        try
        {
            await foreach (var probe in icmp.ProbeAsync(found.Address, Options(_definition.Packets, TimeSpan.Zero), cancellationToken))
                await KeepAsync(found.Address, probe, cancellationToken);
        }
        catch (ProbingException exception)
        {
            await NotSentAsync(exception, found.Address, cancellationToken);
        }
    }

    async Task KeepAsync(IPAddress address, ProbeResult probe, CancellationToken cancellationToken)
    {
        await store.EnqueueAsync(new[] { Sample.Probe(series, probe) }, cancellationToken);
        var clock = probe.Loss == Loss.None ? IcmpSource.ClockWord(probe.Clock) : states.Of(monitor).Clock;
        var failure = name.Current.Found.Failure;
        var reason = failure is null ? null : $"{failure} Its last known address is measured.";
        states.Set(monitor.Id, MonitorStatus.Measuring, reason, address.ToString(), clock, IsStream ? null : loop.Find(_job)?.NextRunAt);
    }

    async Task NotResolvedAsync(Resolution found, CancellationToken cancellationToken)
    {
        await KeepUnsentAsync(Loss.NameNotResolved, cancellationToken);
        states.Set(monitor.Id, MonitorStatus.NameNotResolved, found.Failure, nextRunAt: NextRunAt());
    }

    async Task NotSentAsync(ProbingException exception, IPAddress address, CancellationToken cancellationToken)
    {
        var isPermission = exception.Reason == ProbingFailure.NoPermission;
        await KeepUnsentAsync(isPermission ? Loss.NoPermission : Loss.SendFailed, cancellationToken);
        states.Set(
            monitor.Id, isPermission ? MonitorStatus.NoPermission : MonitorStatus.Failed, exception.Message, address.ToString(),
            nextRunAt: NextRunAt());
        if (exception.Reason is ProbingFailure.SocketFailed)
        {
            LogEngineFailed(monitor.Id, exception);
            await icmp.ReplaceAsync();
        }
    }

    async Task KeepUnsentAsync(Loss loss, CancellationToken cancellationToken)
    {
        var unsent = new ProbeResult { Sequence = 0, SentAt = time.GetUtcNow(), Loss = loss };
        await store.EnqueueAsync(new[] { Sample.Probe(series, unsent) }, cancellationToken);
    }

    DateTimeOffset? NextRunAt() => IsStream ? null : loop.Find(_job)?.NextRunAt;

    TimeSpan UntilNext()
    {
        var now = time.GetUtcNow();
        return schedule.Next(now) - now;
    }

    async Task WaitAsync(TimeSpan wait, CancellationToken changed, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(changed, cancellationToken);
        try
        {
            await Task.Delay(wait, time, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // There is an address now, or another one.
        }
    }

    IcmpProbeOptions Options(int? count, TimeSpan startDelay) => new()
    {
        Count = count,
        Interval = count is null ? schedule.Every!.Value : TimeSpan.FromMilliseconds(_definition.SpacingMs),
        Deadline = TimeSpan.FromMilliseconds(_definition.DeadlineMs),
        PayloadBytes = _definition.SizeBytes,
        Dscp = (byte)_definition.Dscp,
        Source = _definition.Source is { } source ? IPAddress.Parse(source) : null,
        StartDelay = startDelay,
    };

    [LoggerMessage(LogLevel.Error, "The ICMP engine failed under monitor {Monitor}; it is opened anew")]
    partial void LogEngineFailed(long monitor, Exception exception);
}
