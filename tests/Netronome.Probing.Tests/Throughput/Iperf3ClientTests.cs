using Netronome.Probing.Throughput;
using Netronome.Protocols.Iperf3;

namespace Netronome.Probing.Tests.Throughput;

[Collection(AloneCollection.Name)]
public class Iperf3ClientTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_upload_goes_through_all_its_steps(int streams)
    {
        await using var server = new ScriptedIperf3Server(UploadAsync);
        var intervals = new List<Iperf3Interval>();

        var result = await Iperf3Client.RunAsync(server.Options with { Streams = streams }, intervals.Add, TimeProvider.System);
        await server.Ended;

        Assert.Null(result.Failure);
        Assert.Equal([Iperf3State.TestEnd, Iperf3State.IperfDone], server.Heard);
        Assert.Equal(server.Received.Sum(), result.ReceivedBytes);
        Assert.Equal(server.ClientResults!.Streams.Sum(stream => stream.Bytes), result.SentBytes);
        Assert.Equal(TimeSpan.FromSeconds(0.5), result.ReceiverDuration);
        Assert.Equal(0.5, result.RemoteCpuRatio);
        Assert.Equal("cubic", result.ReceiverCongestion);
        Assert.Equal(streams, result.Streams.Count);
        Assert.Equal(3, intervals.Count);
        Assert.Equal(intervals, result.Intervals);
        Assert.Equal(result.SentBytes, intervals.Sum(interval => interval.Bytes));
        Assert.All(intervals, interval => Assert.Equal(streams, interval.Streams.Count));
        Assert.Equal(intervals[0].To, intervals[1].From);
    }

    [Fact]
    public async Task A_download_counts_what_arrived_in_time_and_what_came_late_apart()
    {
        await using var server = new ScriptedIperf3Server(async it =>
        {
            await it.BeginAsync();
            await it.SourceUntilWordAsync();
            await it.ExchangeResultsAsync();
            await it.EndAsync();
        });

        var result = await Iperf3Client.RunAsync(
            server.Options with { Direction = TransferDirection.Download, Streams = 2 }, null, TimeProvider.System);
        await server.Ended;

        Assert.Null(result.Failure);
        Assert.True(server.Parameters!.Reverse);
        Assert.Equal(result.ReceivedBytes, server.ClientResults!.Streams.Sum(stream => stream.Bytes));
        Assert.Equal(-1, server.ClientResults.SenderHasRetransmits);
        Assert.True(result.ReceivedBytes > 0);
        Assert.All(result.Streams, stream => Assert.True(stream.LateBytes >= 0));
        Assert.Null(result.Retransmits);
    }

    [Fact]
    public async Task Results_that_come_byte_by_byte_are_read()
    {
        await using var server = new ScriptedIperf3Server(async it =>
        {
            await it.BeginAsync();
            await it.SinkUntilWordAsync();
            await it.ExchangeResultsAsync(byteByByte: true);
            await it.EndAsync();
        });

        var result = await Iperf3Client.RunAsync(server.Options, null, TimeProvider.System);

        Assert.Null(result.Failure);
        Assert.Equal(server.Received[0], result.ReceivedBytes);
    }

    [Fact]
    public async Task The_warm_up_is_reported_but_does_not_count()
    {
        await using var server = new ScriptedIperf3Server(UploadAsync);

        var result = await Iperf3Client.RunAsync(
            server.Options with { Omit = TimeSpan.FromSeconds(1), ReportInterval = TimeSpan.FromSeconds(0.4) }, null, TimeProvider.System);

        Assert.Null(result.Failure);
        Assert.Equal([true, true, true, false], result.Intervals.Select(interval => interval.Omitted));
        Assert.InRange(result.Intervals[2].To.TotalSeconds, 1.0, 2.0);
        Assert.Equal(result.Intervals[3].Bytes, result.SentBytes);
        Assert.Equal(result.Intervals[3].To - result.Intervals[3].From, result.SenderDuration);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_number_of_bytes_is_sent_exactly(int streams)
    {
        await using var server = new ScriptedIperf3Server(UploadAsync);

        var result = await Iperf3Client.RunAsync(
            server.Options with { Bytes = 12_345_678, Streams = streams, ReportInterval = TimeSpan.Zero }, null, TimeProvider.System);

        Assert.Null(result.Failure);
        Assert.Equal(12_345_678, result.SentBytes);
        Assert.Equal(12_345_678, server.Parameters!.Bytes);
        Assert.Equal(0, server.Parameters.TimeSeconds);
        Assert.Single(result.Intervals);
    }

    [Fact]
    public async Task A_limited_rate_is_held()
    {
        await using var server = new ScriptedIperf3Server(UploadAsync);

        var result = await Iperf3Client.RunAsync(
            server.Options with { BitsPerSecondPerStream = 40_000_000, BlockBytes = 8192, Duration = TimeSpan.FromSeconds(1) },
            null,
            TimeProvider.System);

        Assert.Null(result.Failure);
        Assert.Equal(40_000_000, server.Parameters!.BitsPerSecond);
        Assert.InRange(result.SentBytes!.Value * 8 / result.SenderDuration!.Value.TotalSeconds, 30e6, 42e6);
    }

    [Fact]
    public async Task The_kernel_tells_about_each_interval_of_a_sender()
    {
        await using var server = new ScriptedIperf3Server(UploadAsync);

        var result = await Iperf3Client.RunAsync(server.Options, null, TimeProvider.System);

        var seen = Assert.Single(result.Intervals[^1].Streams);
        if (!OperatingSystem.IsLinux())
        {
            Assert.Null(seen.RttMicros);
            return;
        }
        Assert.True(seen is { Retransmits: >= 0, CongestionWindowBytes: > 1000, RttMicros: > 0, RttVarMicros: > 0, PathMtuBytes: > 1000 });
        Assert.True(result.Retransmits >= 0);
        Assert.True(result.Streams[0].MaxRttMicros >= result.Streams[0].MinRttMicros);
        Assert.NotNull(result.SenderCongestion);
    }

    static async Task UploadAsync(ScriptedIperf3Server it)
    {
        await it.BeginAsync();
        await it.SinkUntilWordAsync();
        await it.ExchangeResultsAsync();
        await it.EndAsync();
    }
}
