using System.Net.Sockets;
using System.Text.Json;
using Netronome.Probing.Throughput;
using Netronome.TestLab;

namespace Netronome.Interop.Tests.Iperf3;

/// <summary>Our client against the real iperf3 server, judged by the server's own report.</summary>
public class Iperf3InteropTests
{
    // A sender's and a receiver's socket buffers together, with room for a machine that allows more than Linux's defaults.
    const long MostInFlight = 256L << 20;

    [Iperf3Theory]
    [InlineData(1, false, "127.0.0.1")]
    [InlineData(4, false, "127.0.0.1")]
    [InlineData(1, true, "127.0.0.1")]
    [InlineData(1, false, "::1")]
    [InlineData(4, true, "::1")]
    public async Task Upload_the_server_counted_what_it_says_it_counted(int streams, bool omit, string host)
    {
        await using var server = await Iperf3Server.StartAsync();

        var result = await Iperf3Client.RunAsync(Options(server, host, streams, omit, TransferDirection.Upload), null, TimeProvider.System);
        using var report = await server.ReportAsync();

        Assert.Null(result.Message);
        var end = report.RootElement.GetProperty("end");
        Assert.Equal(end.GetProperty("sum_received").GetProperty("bytes").GetInt64(), result.ReceivedBytes);
        Assert.Equal(PerStream(end, "receiver"), result.Streams.Select(stream => stream.ReceivedBytes!.Value));
        AssertRate(end.GetProperty("sum_received"), result.ReceivedBitsPerSecond);
        // The two ends cut the warm-up off by their own clocks, so only without one must the sender's count be the larger.
        if (!omit)
            Assert.InRange(result.SentBytes!.Value - result.ReceivedBytes!.Value, 0, MostInFlight);
        Assert.Equal(streams, report.RootElement.GetProperty("start").GetProperty("test_start").GetProperty("num_streams").GetInt32());
        Assert.True(result.Retransmits >= 0);
        Assert.NotNull(result.RemoteCpuRatio);
        Assert.NotNull(result.ReceiverCongestion);
    }

    [Iperf3Theory]
    [InlineData(1, false, "127.0.0.1")]
    [InlineData(4, false, "127.0.0.1")]
    [InlineData(1, true, "::1")]
    [InlineData(4, false, "::1")]
    public async Task Download_every_byte_the_server_sent_is_accounted_for(int streams, bool omit, string host)
    {
        await using var server = await Iperf3Server.StartAsync();

        var result = await Iperf3Client.RunAsync(Options(server, host, streams, omit, TransferDirection.Download), null, TimeProvider.System);
        using var report = await server.ReportAsync();

        Assert.Null(result.Message);
        var end = report.RootElement.GetProperty("end");
        var sent = end.GetProperty("sum_sent");
        Assert.Equal(sent.GetProperty("bytes").GetInt64(), result.SentBytes);
        Assert.Equal(PerStream(end, "sender"), result.Streams.Select(stream => stream.SentBytes!.Value));
        AssertRate(sent, result.SentBytes!.Value * 8 / result.SenderDuration!.Value.TotalSeconds);
        Assert.Equal(sent.GetProperty("retransmits").GetInt64(), result.Retransmits);
        if (!omit)
            Assert.All(result.Streams, stream => Assert.Equal(stream.SentBytes, stream.ReceivedBytes + stream.LateBytes));
    }

    [Iperf3Theory]
    [InlineData(TransferDirection.Upload, 1)]
    [InlineData(TransferDirection.Upload, 4)]
    [InlineData(TransferDirection.Download, 1)]
    [InlineData(TransferDirection.Download, 4)]
    public async Task At_a_given_rate_both_ends_saw_it_within_one_percent(TransferDirection direction, int streams)
    {
        const long Rate = 80_000_000;
        await using var server = await Iperf3Server.StartAsync();

        var result = await Iperf3Client.RunAsync(
            Options(server, "127.0.0.1", streams, omit: false, direction) with
            {
                BitsPerSecondPerStream = Rate, BlockBytes = 16 * 1024, Duration = TimeSpan.FromSeconds(5),
            },
            null,
            TimeProvider.System);

        Assert.Null(result.Message);
        var sent = result.SentBytes!.Value * 8 / result.SenderDuration!.Value.TotalSeconds;
        Assert.InRange(result.ReceivedBitsPerSecond!.Value / sent, 0.99, 1.01);
        Assert.InRange(sent / (Rate * streams), 0.9, 1.03);
    }

    [Iperf3Theory]
    [InlineData(TransferDirection.Upload)]
    [InlineData(TransferDirection.Download)]
    public async Task A_number_of_bytes_ends_the_test(TransferDirection direction)
    {
        await using var server = await Iperf3Server.StartAsync();

        var result = await Iperf3Client.RunAsync(
            Options(server, "127.0.0.1", 2, omit: false, direction) with { Bytes = 50_000_000 }, null, TimeProvider.System);
        using var report = await server.ReportAsync();

        Assert.Null(result.Message);
        if (direction is TransferDirection.Upload)
            Assert.Equal(50_000_000, result.SentBytes);
        else
            Assert.InRange(result.ReceivedBytes!.Value, 50_000_000, 51_000_000);
    }

    [Iperf3Fact]
    public async Task A_busy_server_is_called_busy_and_its_test_goes_on()
    {
        await using var server = await Iperf3Server.StartAsync();
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = Options(server, "127.0.0.1", 1, omit: false, TransferDirection.Upload) with { BitsPerSecondPerStream = 10_000_000 };

        var first = Iperf3Client.RunAsync(slow, _ => running.SetResult(), null, TimeProvider.System);
        await running.Task;
        var second = await Iperf3Client.RunAsync(slow, null, TimeProvider.System);

        Assert.Equal(ThroughputFailure.Busy, second.Failure);
        Assert.Null((await first).Message);
    }

    [Iperf3Fact]
    public async Task Stopping_us_ends_the_servers_test_too()
    {
        await using var server = await Iperf3Server.StartAsync();
        using var stop = new CancellationTokenSource();

        var result = await Iperf3Client.RunAsync(
            Options(server, "127.0.0.1", 2, omit: false, TransferDirection.Download) with { Duration = TimeSpan.FromMinutes(5) },
            _ => stop.Cancel(),
            TimeProvider.System,
            stop.Token);
        using var report = await server.ReportAsync();

        Assert.Equal(ThroughputFailure.Cancelled, result.Failure);
        Assert.True(result.ReceivedBytes > 0);
        Assert.Contains("client has terminated", report.RootElement.GetProperty("error").GetString());
    }

    [Iperf3Fact]
    public async Task A_server_that_is_killed_leaves_what_was_measured()
    {
        await using var server = await Iperf3Server.StartAsync();

        var result = await Iperf3Client.RunAsync(
            Options(server, "127.0.0.1", 2, omit: false, TransferDirection.Upload) with { Duration = TimeSpan.FromMinutes(5) },
            _ => server.Kill(),
            TimeProvider.System);

        Assert.Equal(ThroughputFailure.Disconnected, result.Failure);
        Assert.True(result.SentBytes > 0);
        Assert.NotEmpty(result.Intervals);
    }

    static Iperf3Options Options(Iperf3Server server, string host, int streams, bool omit, TransferDirection direction) => new()
    {
        Host = host,
        Port = server.Port,
        Family = host.Contains(':') ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork,
        Streams = streams,
        Direction = direction,
        Duration = TimeSpan.FromSeconds(1),
        Omit = TimeSpan.FromSeconds(omit ? 1 : 0),
        ReportInterval = TimeSpan.FromSeconds(0.5),
    };

    static IEnumerable<long> PerStream(JsonElement end, string side) =>
        end.GetProperty("streams").EnumerateArray().Select(stream => stream.GetProperty(side).GetProperty("bytes").GetInt64());

    static void AssertRate(JsonElement sum, double? ours) =>
        Assert.InRange(ours!.Value / sum.GetProperty("bits_per_second").GetDouble(), 0.99, 1.01);
}
