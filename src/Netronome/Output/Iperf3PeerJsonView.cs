using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Netronome.Probing.Throughput;

namespace Netronome.Output;

/// <summary>iperf3's own JSON: one document at the end (<c>-J</c>), or an event a line (<c>--json-stream</c>).</summary>
sealed class Iperf3PeerJsonView(Terminal terminal, Iperf3Options options, bool stream) : IIperf3View
{
    readonly Iperf3PeerJson json = new(options);
    Iperf3Start? start;

    public void Connecting()
    {
    }

    public void Started(Iperf3Start start)
    {
        this.start = start;
        if (stream)
            Event("start", writer => json.Start(writer, start));
    }

    public void Interval(Iperf3Interval interval)
    {
        if (stream)
            Event("interval", writer => json.Interval(writer, interval, start!));
    }

    public void Finished(Iperf3Result result)
    {
        if (stream)
        {
            if (result.Failure is not null)
                Event("error", writer => writer.WriteStringValue(result.Message));
            Event("end", writer => json.End(writer, result));
            return;
        }
        Write(indented: true, writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("start");
            json.Start(writer, result.Start);
            writer.WriteStartArray("intervals");
            foreach (var interval in result.Intervals)
                json.Interval(writer, interval, result.Start!);
            writer.WriteEndArray();
            writer.WritePropertyName("end");
            json.End(writer, result);
            if (result.Failure is not null)
                writer.WriteString("error", result.Message);
            Iperf3PeerJson.Additions(writer, result);
            writer.WriteEndObject();
        });
    }

    void Event(string name, Action<Utf8JsonWriter> data) => Write(indented: false, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("event", name);
        writer.WritePropertyName("data");
        data(writer);
        writer.WriteEndObject();
    });

    void Write(bool indented, Action<Utf8JsonWriter> document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            document(writer);
        terminal.Out.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
