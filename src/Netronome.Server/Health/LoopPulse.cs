namespace Netronome.Server.Health;

/// <summary>A loop's sign of life: it beats each time round, at least every few seconds.</summary>
public sealed class LoopPulse(string name, TimeProvider time)
{
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    long _lastBeat = time.GetTimestamp();

    /// <summary>Which loop.</summary>
    public string Name => name;

    /// <summary>Whether it turned lately.</summary>
    public bool IsAlive => time.GetElapsedTime(Volatile.Read(ref _lastBeat)) < LongestPause;

    /// <summary>Says: I turn.</summary>
    public void Beat() => Volatile.Write(ref _lastBeat, time.GetTimestamp());
}

/// <summary>All loops of the server.</summary>
public sealed class LoopPulses(TimeProvider time)
{
    readonly List<LoopPulse> _pulses = [];
    readonly Lock _gate = new();

    /// <summary>Adds a loop; done while the server is put together.</summary>
    public LoopPulse Add(string name)
    {
        var pulse = new LoopPulse(name, time);
        lock (_gate)
            _pulses.Add(pulse);
        return pulse;
    }

    /// <summary>Loops that stand still.</summary>
    public IReadOnlyList<string> Stalled
    {
        get
        {
            lock (_gate)
                return [.. _pulses.Where(pulse => !pulse.IsAlive).Select(pulse => pulse.Name)];
        }
    }
}
