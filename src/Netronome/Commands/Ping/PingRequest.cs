using Netronome.Probing;
using Netronome.Probing.Icmp;

namespace Netronome.Commands.Ping;

/// <summary>A ping command line, understood.</summary>
sealed record PingRequest
{
    public required IReadOnlyList<Target> Targets { get; init; }

    public required FamilyChoice Family { get; init; }

    public required IcmpProbeOptions Options { get; init; }

    /// <summary>The whole run ends after this; null when only the count or SIGINT ends it.</summary>
    public TimeSpan? Limit { get; init; }

    public bool Quiet { get; init; }

    public bool Verbose { get; init; }

    public bool Json { get; init; }
}
