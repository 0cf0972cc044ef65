using System.Text.Json;
using Netronome.Probing.Throughput;

namespace Netronome.Output;

/// <summary>Our own JSON document, at the end.</summary>
sealed class Iperf3DocumentView(Terminal terminal, Iperf3Options options) : IIperf3View
{
    public void Connecting()
    {
    }

    public void Started(Iperf3Start start)
    {
    }

    public void Interval(Iperf3Interval interval)
    {
    }

    public void Finished(Iperf3Result result) =>
        terminal.Out.WriteLine(JsonSerializer.Serialize(Iperf3Document.Of(options, result), CliJson.Readable.Iperf3Document));
}
