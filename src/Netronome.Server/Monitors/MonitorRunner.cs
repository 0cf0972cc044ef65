using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Netronome.Server.Database;
using Netronome.Server.Health;
using Netronome.Server.Live;
using Netronome.Server.Scheduling;
using Netronome.Server.Series;

namespace Netronome.Server.Monitors;

/// <summary>
/// Keeps what runs equal to what is defined. It reads the definitions when they change and now and then; while the database is
/// away, what runs goes on.
/// </summary>
sealed partial class MonitorRunner(
    MonitorStore store, SeriesAccess series, IcmpSource icmp, NameResolver resolver, MonitorStates states, MonitorFeed probes, LiveFeed feed,
    ScheduleLoop loop, ServerOptions options, TimeProvider time, LoopPulses pulses, ILogger<MonitorRunner> logger) : IDisposable
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    readonly LoopPulse _pulse = pulses.Add("monitors");
    readonly SemaphoreSlim _turn = new(1);
    readonly WakeSignal _wake = new(time);
    readonly Dictionary<long, Running> _running = [];
    readonly HashSet<long> _retired = [];

    sealed record Running(StoredMonitor Monitor, CancellationTokenSource Stop, Task Task);

    /// <summary>Runs until cancelled, then stops every monitor.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var beat = time.CreateTimer(_ => _pulse.Beat(), null, TimeSpan.Zero, LookEvery);
        store.Changed += TellChanged;
        store.Removed += TellRemoved;
        var scheduling = loop.RunAsync(cancellationToken);
        try
        {
            await series.WhenOpen.WaitAsync(cancellationToken);
            while (true)
            {
                try
                {
                    await ReconcileAsync(cancellationToken);
                }
                catch (DatabaseException exception)
                {
                    LogAway(exception.Message);
                }

                await _wake.WaitAsync(LookEvery, cancellationToken);
            }
        }
        finally
        {
            store.Changed -= TellChanged;
            store.Removed -= TellRemoved;
            await StopAllAsync();
            await scheduling;
        }
    }

    /// <summary>Stops one monitor for good, before its data is deleted.</summary>
    public async Task RetireAsync(long id, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            _retired.Add(id);
            await StopAsync(id);
            probes.Forget(id);
            states.Forget(id);
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task ReconcileAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var defined = (await store.ListAsync(cancellationToken)).ToDictionary(monitor => monitor.Id);
            _retired.RemoveWhere(id => !defined.ContainsKey(id));
            foreach (var (id, running) in _running.ToList())
            {
                if (!defined.TryGetValue(id, out var now) || now != running.Monitor || running.Task.IsCompleted)
                    await StopAsync(id);
            }

            foreach (var monitor in defined.Values)
            {
                if (_running.ContainsKey(monitor.Id) || _retired.Contains(monitor.Id))
                    continue;
                if (monitor.Definition.Enabled)
                    await StartAsync(monitor, cancellationToken);
                else
                    states.Set(monitor.Id, MonitorStatus.Paused);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task StartAsync(StoredMonitor monitor, CancellationToken cancellationToken)
    {
        var schedule = MonitorRules.ScheduleOf(monitor.Definition, options.Zone).WithPhase((ulong)monitor.Id);
        var id = await series.Required.FindOrCreateAsync(MonitorSeries.Key(monitor.Id), cancellationToken);
        probes.Follow(id, monitor.Id);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running[monitor.Id] = new Running(monitor, stop, Task.Run(() => GuardAsync(monitor, schedule, id, stop.Token), CancellationToken.None));
    }

    /// <summary>The top of one monitor's loop: what goes wrong in it is its own.</summary>
    async Task GuardAsync(StoredMonitor monitor, Schedule schedule, SeriesId id, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var name = new TargetName(monitor.Definition, resolver, time);
                try
                {
                    await new RunningMonitor(monitor, schedule, id, series.Required, icmp, name, states, loop, time, logger)
                        .RunAsync(cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    LogFailed(monitor.Id, exception);
                    states.Set(monitor.Id, MonitorStatus.Failed, "It failed in a way it should not; the server's log says more.");
                }

                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It was told to stop.
        }
    }

    async Task StopAsync(long id)
    {
        if (!_running.Remove(id, out var running))
            return;
        await running.Stop.CancelAsync();
        await running.Task;
        running.Stop.Dispose();
    }

    async Task StopAllAsync()
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            await Task.WhenAll(_running.Values.Select(running => running.Stop.CancelAsync()));
            foreach (var id in _running.Keys.ToList())
                await StopAsync(id);
        }
        finally
        {
            _turn.Release();
        }
    }

    void TellChanged(long id) => Tell("changed", id);

    void TellRemoved(long id) => Tell("removed", id);

    void Tell(string what, long id)
    {
        feed.Publish(new LiveEvent(
            "monitors", what, JsonSerializer.SerializeToUtf8Bytes(new MonitorChanged(id), ServerJson.Default.MonitorChanged)));
        _wake.Ring();
    }

    public void Dispose() => _turn.Dispose();

    [LoggerMessage(LogLevel.Warning, "Monitors can't be read, what runs goes on: {Reason}")]
    partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Error, "Monitor {Monitor} failed")]
    partial void LogFailed(long monitor, Exception exception);
}

/// <summary>The series a monitor writes.</summary>
static class MonitorSeries
{
    public static SeriesKey Key(long monitor) => new(
        "icmp_rtt_ns", SeriesKind.Probe,
        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty
            .WithComparers(StringComparer.Ordinal)
            .Add("monitor", monitor.ToString(CultureInfo.InvariantCulture)));
}
