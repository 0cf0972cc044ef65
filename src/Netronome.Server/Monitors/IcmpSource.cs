using System.Net;
using Netronome.Probing;
using Netronome.Probing.Icmp;
using Netronome.Protocols.Icmp;
using Netronome.Server.Health;

namespace Netronome.Server.Monitors;

/// <summary>
/// The one ICMP engine of the server, opened when first needed. Without permission every try says so; a new try is made now and
/// then, because permission can be granted while the server runs.
/// </summary>
sealed class IcmpSource(ProbeIcmp? simulation, TimeProvider time) : IAsyncDisposable
{
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    readonly Lock _gate = new();
    IcmpEngine? _engine;
    ProbingException? _refusal;
    long _refusedAt;

    /// <summary>Whether ICMP can be sent.</summary>
    public IcmpStatus Status
    {
        get
        {
            if (simulation is not null)
                return new IcmpStatus("ready", Mode: "simulated");
            try
            {
                var engine = Engine();
                return new IcmpStatus("ready", Mode: ModeWord(engine), Clock: ClockWord(engine.Clock));
            }
            catch (ProbingException exception)
            {
                return new IcmpStatus(exception.Reason == ProbingFailure.NoPermission ? "noPermission" : "unsupported", exception.Message);
            }
        }
    }

    /// <summary>Probes an address.</summary>
    /// <exception cref="ProbingException">It is not permitted or not possible.</exception>
    public IAsyncEnumerable<ProbeResult> ProbeAsync(IPAddress address, IcmpProbeOptions options, CancellationToken cancellationToken) =>
        simulation is null ? Engine().ProbeAsync(address, options, cancellationToken) : simulation(address, options, cancellationToken);

    /// <summary>An engine whose socket failed is of no more use: the next probe opens another.</summary>
    public async Task ReplaceAsync()
    {
        IcmpEngine? broken;
        lock (_gate)
        {
            broken = _engine;
            _engine = null;
        }

        if (broken is not null)
            await broken.DisposeAsync();
    }

    public static string ClockWord(ClockSource clock) => clock switch
    {
        ClockSource.Kernel => "kernel",
        ClockSource.KernelReceive => "kernelReceive",
        _ => "user",
    };

    public async ValueTask DisposeAsync() => await ReplaceAsync();

    IcmpEngine Engine()
    {
        lock (_gate)
        {
            if (_engine is not null)
                return _engine;
            if (_refusal is not null && time.GetElapsedTime(_refusedAt) < RetryAfter)
                throw new ProbingException(_refusal.Reason, _refusal.Message, _refusal);
            try
            {
                _engine = IcmpEngine.Open(time);
                _refusal = null;
                return _engine;
            }
            catch (ProbingException exception)
            {
                (_refusal, _refusedAt) = (exception, time.GetTimestamp());
                throw;
            }
        }
    }

    static string? ModeWord(IcmpEngine engine) => (engine.Mode(IcmpVersion.V4) ?? engine.Mode(IcmpVersion.V6)) switch
    {
        IcmpSocketMode.Raw => "raw",
        IcmpSocketMode.Datagram => "datagram",
        _ => null,
    };
}
