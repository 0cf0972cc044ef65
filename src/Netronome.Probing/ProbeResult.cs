namespace Netronome.Probing;

/// <summary>One probe, decided: its answer came, or its deadline passed.</summary>
public readonly record struct ProbeResult
{
    /// <summary>Position of the probe in its run, from 0.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the probe left, UTC.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Round-trip time in nanoseconds; meaningless unless <see cref="Loss"/> is <see cref="Loss.None"/>.</summary>
    public long RttNanoseconds { get; init; }

    /// <summary><see cref="Loss.None"/>, or why there is no round-trip time.</summary>
    public Loss Loss { get; init; }

    /// <summary>Further answers to the same probe that came before its deadline.</summary>
    public int Duplicates { get; init; }

    /// <summary>Our own timers were late by more than the probe could bear (collection, suspend, starved CPU): judge with care.</summary>
    public bool DuringOwnPause { get; init; }
}
