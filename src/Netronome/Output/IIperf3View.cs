using Netronome.Probing.Throughput;

namespace Netronome.Output;

/// <summary>One way to show a throughput test while it runs and when it has ended.</summary>
interface IIperf3View
{
    /// <summary>Nothing has happened yet.</summary>
    void Connecting();

    /// <summary>Payload begins to flow.</summary>
    void Started(Iperf3Start start);

    /// <summary>A report interval ended.</summary>
    void Interval(Iperf3Interval interval);

    /// <summary>The test is over, well or not; what went wrong goes to standard error by itself.</summary>
    void Finished(Iperf3Result result);
}
