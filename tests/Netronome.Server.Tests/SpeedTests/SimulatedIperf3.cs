using Netronome.Probing.Throughput;

namespace Netronome.Server.Tests.SpeedTests;

/// <summary>An iperf3 that measures when the test says so.</summary>
sealed class SimulatedIperf3
{
    readonly SemaphoreSlim _go = new(0);

    /// <summary>What each run is asked to do, in order.</summary>
    public List<Iperf3Options> Asked { get; } = [];

    /// <summary>What a run ends with.</summary>
    public Func<Iperf3Options, Iperf3Result> Outcome { get; set; } = options => new Iperf3Result
    {
        SentBytes = 125_000_000,
        ReceivedBytes = 125_000_000,
        SenderDuration = options.Duration,
        ReceiverDuration = options.Duration,
        Retransmits = 3,
    };

    /// <summary>Lets one waiting run measure its first second and end.</summary>
    public void Finish() => _go.Release();

    public async Task<Iperf3Result> RunAsync(
        Iperf3Options options, Action<Iperf3Interval>? progress, TimeProvider time, CancellationToken cancellationToken)
    {
        lock (Asked)
            Asked.Add(options);
        progress?.Invoke(new Iperf3Interval(TimeSpan.Zero, TimeSpan.FromSeconds(1), 12_500_000, false, []));
        try
        {
            await _go.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new Iperf3Result { Failure = ThroughputFailure.Cancelled, Message = "stopped" };
        }

        return Outcome(options);
    }
}
