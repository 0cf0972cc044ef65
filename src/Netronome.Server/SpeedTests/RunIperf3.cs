using Netronome.Probing.Throughput;

namespace Netronome.Server.SpeedTests;

/// <summary>Runs one direction of an iperf3 test: the real client, or a simulation in tests.</summary>
public delegate Task<Iperf3Result> RunIperf3(
    Iperf3Options options, Action<Iperf3Interval>? progress, TimeProvider time, CancellationToken cancellationToken);
