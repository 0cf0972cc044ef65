using System.Net;
using Netronome.Probing;
using Netronome.Probing.Icmp;

namespace Netronome.Server.Monitors;

/// <summary>Runs an unsaved monitor once, to show whether it would measure anything.</summary>
sealed class MonitorTrial(NameResolver resolver, IcmpSource icmp) : IDisposable
{
    const int Probes = 5;
    const int MostAtOnce = 4;
    static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LongestDeadline = TimeSpan.FromSeconds(3);

    readonly SemaphoreSlim _slots = new(MostAtOnce);

    /// <summary>Sends a few probes; null when too many trials run already.</summary>
    public async Task<TryAnswer?> RunAsync(MonitorDefinition definition, CancellationToken cancellationToken)
    {
        if (!await _slots.WaitAsync(0, cancellationToken))
            return null;
        try
        {
            var found = await resolver.ResolveAsync(definition.Target, definition.Family, null, cancellationToken);
            return found.Address is { } address
                ? await ProbeAsync(address, definition, cancellationToken)
                : new TryAnswer(0, 0, [], Error: found.Failure);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    async Task<TryAnswer> ProbeAsync(IPAddress address, MonitorDefinition definition, CancellationToken cancellationToken)
    {
        var deadline = TimeSpan.FromMilliseconds(definition.DeadlineMs);
        var options = new IcmpProbeOptions
        {
            Count = Probes,
            Interval = Spacing,
            Deadline = deadline < LongestDeadline ? deadline : LongestDeadline,
            PayloadBytes = definition.SizeBytes,
            Dscp = (byte)definition.Dscp,
            Source = definition.Source is { } source ? IPAddress.Parse(source) : null,
        };
        var results = new List<TryProbe>(Probes);
        string? clock = null;
        string? error = null;
        try
        {
            await foreach (var probe in icmp.ProbeAsync(address, options, cancellationToken))
            {
                results.Add(probe.Loss == Loss.None
                    ? new TryProbe(Math.Round(probe.RttNanoseconds / 1000.0, 1))
                    : new TryProbe(Loss: LossWords.Word(probe.Loss)));
                if (probe.Loss == Loss.None)
                    clock = IcmpSource.ClockWord(probe.Clock);
            }
        }
        catch (ProbingException exception)
        {
            error = exception.Message;
        }

        return new TryAnswer(
            results.Count(result => result.Loss is not ("sendFailed" or "noPermission")), results.Count(result => result.RttUs is not null),
            results, address.ToString(), clock, error);
    }
}
