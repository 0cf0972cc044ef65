using System.Net;
using Netronome.Probing;

namespace Netronome.TestLab;

/// <summary>How a host of the <see cref="SimulatedNetwork"/> answers. The rules get the number of the probe to this host, from 0.</summary>
public sealed record SimulatedHost
{
    /// <summary>Round trip when <see cref="DelayOf"/> says nothing.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Round trip of each probe.</summary>
    public Func<int, TimeSpan>? DelayOf { get; init; }

    /// <summary>Which probes get lost.</summary>
    public Func<int, bool> Loses { get; init; } = _ => false;

    /// <summary>How many answers come to each, a millisecond apart.</summary>
    public Func<int, int> Answers { get; init; } = _ => 1;

    /// <summary>Changes the answer on its way; called with the ICMP message.</summary>
    public Action<int, byte[]>? Alters { get; init; }

    /// <summary>An ICMP error comes instead of the answer.</summary>
    public Loss Error { get; init; }

    /// <summary>The error quotes the ICMP header only (RFC 792), not our data.</summary>
    public bool QuotesHeaderOnly { get; init; }

    /// <summary>Who sends the error.</summary>
    public IPAddress ReportedBy { get; init; } = IPAddress.Parse("192.0.2.254");

    /// <summary>The own kernel does not take the probes.</summary>
    public Loss SendFails { get; init; }

    /// <summary>TTL of the answers as they arrive.</summary>
    public byte Ttl { get; init; } = 61;
}
