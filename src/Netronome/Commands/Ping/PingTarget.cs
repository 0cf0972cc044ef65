using System.Net;
using Netronome.Probing;
using Netronome.Probing.Icmp;
using Netronome.Probing.Statistics;

namespace Netronome.Commands.Ping;

/// <summary>One target of a ping: what became of it so far. Locked by itself, since a signal may ask for a summary at any time.</summary>
sealed class PingTarget(Target target)
{
    readonly Lock gate = new();
    readonly ProbeFold fold = new();
    IcmpRun? run;

    public Target Target => target;

    /// <summary>Null until it is resolved.</summary>
    public IPAddress? Address { get; set; }

    /// <summary>Why it was not measured; null while all is well.</summary>
    public ProbingException? Failure { get; set; }

    /// <summary>Every probe, when they are wanted.</summary>
    public List<ProbeResult>? Probes { get; init; }

    /// <summary>When the first probe was due, and when the run ended.</summary>
    public DateTimeOffset? BeganAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Counts so far.</summary>
    public ProbeTally Tally => run?.Tally ?? default;

    public async Task MeasureAsync(
        IcmpEngine engine, IcmpProbeOptions options, TimeProvider time, Action<PingTarget, ProbeResult> onResult, CancellationToken cancellationToken)
    {
        try
        {
            run = engine.CreateRun(Address!, options);
            BeganAt = time.GetUtcNow() + options.StartDelay;
            await foreach (var result in run.ReadAllAsync(cancellationToken))
            {
                lock (gate)
                {
                    fold.Add(result);
                    Probes?.Add(result);
                }

                onResult(this, result);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped by a signal or the time limit: what was measured until then is the result.
        }
        catch (ProbingException exception)
        {
            Failure = exception;
        }

        EndedAt = time.GetUtcNow();
    }

    public ProbeSummary Summarise()
    {
        lock (gate)
        {
            return fold.Summarise();
        }
    }
}
