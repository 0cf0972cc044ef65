using System.Globalization;
using Netronome.Probing.Throughput;

namespace Netronome.Output;

/// <summary>The table that iperf3 prints, line by line as it comes.</summary>
sealed class Iperf3TableView(Terminal terminal, Iperf3Options options, Iperf3Units units) : IIperf3View
{
    const string Rule = "- - - - - - - - - - - - - - - - - - - - - - - - -";

    readonly bool sending = options.Direction is TransferDirection.Upload;
    Dictionary<int, int> names = [];
    bool ruleDue;

    public void Connecting()
    {
        terminal.Out.WriteLine($"Connecting to host {options.Host}, port {options.Port}");
        if (!sending)
            terminal.Out.WriteLine($"Reverse mode, remote host {options.Host} is sending");
    }

    public void Started(Iperf3Start start)
    {
        names = start.Connections.ToDictionary(connection => connection.Stream, connection => connection.Descriptor);
        foreach (var it in start.Connections)
        {
            terminal.Out.WriteLine(
                $"{Id(it.Stream)} local {it.LocalAddress} port {it.LocalPort} connected to {it.RemoteAddress} port {it.RemotePort}");
        }
        terminal.Out.WriteLine("[ ID] Interval           Transfer     Bitrate" + (sending ? "         Retr  Cwnd" : ""));
    }

    public void Interval(Iperf3Interval interval)
    {
        var (from, to) = (Shown(interval.From, interval.Omitted), Shown(interval.To, interval.Omitted));
        var omitted = interval.Omitted ? "(omitted)" : "";
        if (ruleDue)
            terminal.Out.WriteLine(Rule);
        foreach (var stream in interval.Streams)
        {
            var kernel = sending ? $"  {Count(stream.Retransmits),3}   {Window(stream.CongestionWindowBytes)}       " : new string(' ', 18);
            terminal.Out.WriteLine(Row(Id(stream.Stream), from, to, stream.Bytes) + kernel + omitted);
        }
        ruleDue = interval.Streams.Count > 1;
        if (!ruleDue)
            return;
        var all = sending ? $"  {Count(Sum(interval.Streams, stream => stream.Retransmits)),3}             " : new string(' ', 18);
        terminal.Out.WriteLine(Row("[SUM]", from, to, interval.Bytes) + all + omitted);
    }

    public void Finished(Iperf3Result result)
    {
        if (result.Streams.Count is 0)
            return;
        terminal.Out.WriteLine(Rule);
        terminal.Out.WriteLine("[ ID] Interval           Transfer     Bitrate" + (result.Retransmits is null ? "" : "         Retr"));
        foreach (var stream in result.Streams)
        {
            Summary(Id(stream.Stream), stream.SentBytes, stream.SenderDuration, stream.Retransmits, "sender");
            Summary(Id(stream.Stream), stream.ReceivedBytes, stream.ReceiverDuration, null, "receiver");
        }
        if (result.Streams.Count > 1)
        {
            Summary("[SUM]", result.SentBytes, result.SenderDuration, result.Retransmits, "sender");
            Summary("[SUM]", result.ReceivedBytes, result.ReceiverDuration, null, "receiver");
        }
        if (result.Failure is null)
            terminal.Out.WriteLine("\niperf Done.");
    }

    /// <summary>One end's figure; an end that did not report has no line.</summary>
    void Summary(string id, long? bytes, TimeSpan? duration, long? retransmits, string end)
    {
        if (bytes is not { } moved || duration is not { } time)
            return;
        var sent = retransmits is { } count ? $"  {count,3}             " : new string(' ', 18);
        terminal.Out.WriteLine(Row(id, TimeSpan.Zero, time, moved) + sent + end);
    }

    string Row(string id, TimeSpan from, TimeSpan to, long bytes)
    {
        var seconds = (to - from).TotalSeconds;
        var rate = units.Rate(seconds > 0 ? bytes * 8.0 / seconds : 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{id} {from.TotalSeconds,6:0.00}-{to.TotalSeconds,-6:0.00} sec  {Iperf3Units.Bytes(bytes)}  {rate}");
    }

    /// <summary>iperf3 counts from 0 again when the warm-up is over.</summary>
    TimeSpan Shown(TimeSpan at, bool omitted) => omitted ? at : at > options.Omit ? at - options.Omit : TimeSpan.Zero;

    string Id(int stream) => $"[{names.GetValueOrDefault(stream, stream),3}]";

    static string Count(long? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "-";

    static string Window(long? bytes) => bytes is { } known ? Iperf3Units.Bytes(known) : "          -";

    static long? Sum(IReadOnlyList<Iperf3StreamInterval> streams, Func<Iperf3StreamInterval, long?> figure) =>
        streams.Aggregate((long?)0, (sum, stream) => sum + figure(stream));
}
