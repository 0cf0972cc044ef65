namespace Netronome.Server.SpeedTests;

/// <summary>The test that runs: its state, changed by the runner and by the thread that measures.</summary>
sealed class ActiveRun(SpeedRun run, CancellationToken serverStopping) : IDisposable
{
    const int MostIntervals = 8192;

    readonly Lock _gate = new();
    readonly List<RunInterval> _intervals = [];
    readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(serverStopping);
    SpeedRun _run = run;
    bool _changed;

    public long Id { get; } = run.Id;

    /// <summary>Cancelled when somebody stops the test, or the server stops.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Whether somebody stopped the test.</summary>
    public bool IsCancelled { get; private set; }

    public SpeedRun Snapshot()
    {
        lock (_gate)
            return _run with { Intervals = [.. _intervals] };
    }

    public SpeedRun Change(Func<SpeedRun, SpeedRun> change)
    {
        lock (_gate)
        {
            (_run, _changed) = (change(_run), true);
            return _run with { Intervals = [.. _intervals] };
        }
    }

    public void Add(RunInterval interval)
    {
        lock (_gate)
        {
            if (_intervals.Count < MostIntervals)
                _intervals.Add(interval);
            _changed = true;
        }
    }

    public bool TakeChanged()
    {
        lock (_gate)
        {
            var changed = _changed;
            _changed = false;
            return changed;
        }
    }

    public void MarkChanged()
    {
        lock (_gate)
            _changed = true;
    }

    public void Cancel()
    {
        IsCancelled = true;
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended at the same moment.
        }
    }

    public void Dispose() => _stop.Dispose();
}
