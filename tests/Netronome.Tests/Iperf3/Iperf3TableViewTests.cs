using Netronome.Output;
using Netronome.Probing.Throughput;

namespace Netronome.Tests.Iperf3;

/// <summary>The lines that iperf3 3.12 printed for <c>-P 2 -t 2 -O 1 -b 100M</c> on loopback, from the same numbers.</summary>
public class Iperf3TableViewTests
{
    static readonly Iperf3Options Options = new() { Host = "127.0.0.1", Port = 5999, Streams = 2, Omit = TimeSpan.FromSeconds(1) };

    [Fact]
    public void A_warm_up_and_an_interval_of_two_streams_and_the_summary()
    {
        var output = Show(
            Options,
            view =>
            {
                view.Interval(Interval(0, 1, true, Stream(1, 12_582_912, 0, 785_408), Stream(3, 12_582_912, 0, 1_174_405)));
                view.Interval(Interval(1, 2, false, Stream(1, 12_451_840, 3, 1_047_552), Stream(3, 12_451_840, 3, 916_480)));
            },
            new Iperf3Result { Streams = [Result(1), Result(3)], SentBytes = 50_069_504, ReceivedBytes = 50_069_504, Retransmits = 6, SenderDuration = Two, ReceiverDuration = Two });

        Assert.Equal(
            """
            Connecting to host 127.0.0.1, port 5999
            [  5] local 127.0.0.1 port 40180 connected to 127.0.0.1 port 5999
            [  7] local 127.0.0.1 port 40194 connected to 127.0.0.1 port 5999
            [ ID] Interval           Transfer     Bitrate         Retr  Cwnd
            [  5]   0.00-1.00   sec  12.0 MBytes   101 Mbits/sec    0    767 KBytes       (omitted)
            [  7]   0.00-1.00   sec  12.0 MBytes   101 Mbits/sec    0   1.12 MBytes       (omitted)
            [SUM]   0.00-1.00   sec  24.0 MBytes   201 Mbits/sec    0             (omitted)
            - - - - - - - - - - - - - - - - - - - - - - - - -
            [  5]   0.00-1.00   sec  11.9 MBytes  99.6 Mbits/sec    3   1023 KBytes       
            [  7]   0.00-1.00   sec  11.9 MBytes  99.6 Mbits/sec    3    895 KBytes       
            [SUM]   0.00-1.00   sec  23.8 MBytes   199 Mbits/sec    6             
            - - - - - - - - - - - - - - - - - - - - - - - - -
            [ ID] Interval           Transfer     Bitrate         Retr
            [  5]   0.00-2.00   sec  23.9 MBytes   100 Mbits/sec    3             sender
            [  5]   0.00-2.00   sec  23.9 MBytes   100 Mbits/sec                  receiver
            [  7]   0.00-2.00   sec  23.9 MBytes   100 Mbits/sec    3             sender
            [  7]   0.00-2.00   sec  23.9 MBytes   100 Mbits/sec                  receiver
            [SUM]   0.00-2.00   sec  47.8 MBytes   200 Mbits/sec    6             sender
            [SUM]   0.00-2.00   sec  47.8 MBytes   200 Mbits/sec                  receiver

            iperf Done.

            """,
            output);
    }

    [Fact]
    public void A_stopped_download_has_no_line_for_the_end_that_did_not_report()
    {
        var options = Options with { Direction = TransferDirection.Download, Omit = TimeSpan.Zero };
        var output = Show(
            options,
            view => view.Interval(Interval(0, 2, false, Stream(1, 25_034_752, null, null))),
            new Iperf3Result
            {
                Failure = ThroughputFailure.Cancelled,
                Streams = [new(1) { ReceivedBytes = 25_034_752, ReceiverDuration = Two }],
            });

        Assert.EndsWith(
            """
            [ ID] Interval           Transfer     Bitrate
            [  5]   0.00-2.00   sec  23.9 MBytes   100 Mbits/sec                  
            - - - - - - - - - - - - - - - - - - - - - - - - -
            [ ID] Interval           Transfer     Bitrate
            [  5]   0.00-2.00   sec  23.9 MBytes   100 Mbits/sec                  receiver

            """,
            output);
        Assert.Contains("Reverse mode, remote host 127.0.0.1 is sending\n", output);
    }

    static readonly TimeSpan Two = TimeSpan.FromSeconds(2);

    static string Show(Iperf3Options options, Action<Iperf3TableView> middle, Iperf3Result result)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var view = new Iperf3TableView(new Terminal(TextReader.Null, output, TextWriter.Null, TimeProvider.System), options, new('a'));
        view.Connecting();
        view.Started(new()
        {
            StartedAt = DateTimeOffset.UnixEpoch,
            Cookie = "",
            Connections = [new(1, 5, "127.0.0.1", 40180, "127.0.0.1", 5999), new(3, 7, "127.0.0.1", 40194, "127.0.0.1", 5999)],
        });
        middle(view);
        view.Finished(result);
        return output.ToString();
    }

    static Iperf3Interval Interval(int from, int to, bool omitted, params Iperf3StreamInterval[] streams) =>
        new(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to), streams.Sum(stream => stream.Bytes), omitted, streams);

    static Iperf3StreamInterval Stream(int number, long bytes, long? retransmits, long? window) =>
        new(number, bytes, retransmits, window, null, null);

    static Iperf3StreamResult Result(int number) => new(number)
    {
        SentBytes = 25_034_752, ReceivedBytes = 25_034_752, SenderDuration = Two, ReceiverDuration = Two, Retransmits = 3,
    };
}
