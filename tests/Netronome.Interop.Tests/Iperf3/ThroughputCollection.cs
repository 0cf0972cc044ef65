namespace Netronome.Interop.Tests.Iperf3;

/// <summary>Tests that compare the rates of two programs: neither may be starved by a test beside it, so they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ThroughputCollection
{
    public const string Name = "throughput";
}
