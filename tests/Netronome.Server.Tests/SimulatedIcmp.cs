using System.Net;
using System.Runtime.CompilerServices;
using Netronome.Probing;
using Netronome.Probing.Icmp;

namespace Netronome.Server.Tests;

/// <summary>A network without packets: each address answers as the test says, after no time but the interval.</summary>
sealed class SimulatedIcmp(TimeProvider? time = null)
{
    readonly TimeProvider _time = time ?? TimeProvider.System;
    int _runs;

    /// <summary>What an address answers; by default 1 ms.</summary>
    public Func<IPAddress, long, ProbeResult> Answer { get; set; } = (_, sequence) =>
        new ProbeResult { Sequence = sequence, SentAt = default, RttNanoseconds = 1_000_000 };

    /// <summary>Thrown instead of probing, when set.</summary>
    public ProbingException? Refusal { get; set; }

    /// <summary>How many runs have begun.</summary>
    public int Runs => Volatile.Read(ref _runs);

    /// <summary>The options of the last run.</summary>
    public IcmpProbeOptions? LastOptions { get; private set; }

    public async IAsyncEnumerable<ProbeResult> ProbeAsync(
        IPAddress address, IcmpProbeOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LastOptions = options;
        Interlocked.Increment(ref _runs);
        if (Refusal is { } refusal)
            throw new ProbingException(refusal.Reason, refusal.Message);
        await Task.Delay(options.StartDelay, _time, cancellationToken);
        for (var sequence = 0L; options.Count is not { } count || sequence < count; sequence++)
        {
            if (sequence > 0)
                await Task.Delay(options.Interval, _time, cancellationToken);
            yield return Answer(address, sequence) with { Sequence = sequence, SentAt = _time.GetUtcNow() };
        }
    }
}
