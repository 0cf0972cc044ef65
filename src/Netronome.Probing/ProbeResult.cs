using System.Net;

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

    /// <summary>Where the stamps of this round trip come from.</summary>
    public ClockSource Clock { get; init; }

    /// <summary>Time to live or hop limit of the answer as it arrived; 0 when there was none or the kernel did not say.</summary>
    public byte ReplyTtl { get; init; }

    /// <summary>Our own timers were late by more than the probe could bear (collection, suspend, starved CPU): judge with care.</summary>
    public bool DuringOwnPause { get; init; }

    /// <summary>Who sent the ICMP error behind <see cref="Loss"/>; null when there was none.</summary>
    public IPAddress? ReportedBy { get; init; }
}
