using System.Net;
using System.Net.Sockets;
using System.Text;
using Netronome.Probing.Throughput;
using Netronome.Protocols.Iperf3;

namespace Netronome.Probing.Tests.Throughput;

/// <summary>Whatever a server does, the outcome is a value with a reason and a sentence, and what was measured is kept.</summary>
[Collection(AloneCollection.Name)]
public class Iperf3ClientFailureTests
{
    // Long enough for a busy machine to get to the step that is meant, short enough to wait for.
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);

    [Fact]
    public Task A_busy_server() =>
        FailsAsync(ThroughputFailure.Busy, "busy", async it =>
        {
            await it.AcceptAsync();
            await it.SendAsync(Iperf3State.AccessDenied);
        });

    [Fact]
    public Task A_server_that_gives_an_error_number() =>
        FailsAsync(ThroughputFailure.ServerError, "longer than the server allows", async it =>
        {
            await it.AcceptAsync();
            await it.ReadParametersAsync();
            await it.SendAsync([0xfe, 0, 0, 0, 37, 0, 0, 0, 0]);
        });

    [Fact]
    public Task A_server_that_begins_to_tell_an_error_and_stops() =>
        FailsAsync(ThroughputFailure.Timeout, "while it told an error", async it =>
        {
            await it.AcceptAsync();
            await it.SendAsync([0xfe, 0]);
            await it.WaitForTheClientToLeaveAsync();
        });

    [Fact]
    public Task A_server_that_closes_after_the_cookie() =>
        FailsAsync(ThroughputFailure.Disconnected, "closed the connection after our cookie", it => it.AcceptAsync());

    [Fact]
    public Task A_server_that_closes_after_the_parameters() =>
        FailsAsync(ThroughputFailure.Disconnected, "after our parameters", async it =>
        {
            await it.AcceptAsync();
            await it.ReadParametersAsync();
        });

    [Fact]
    public Task A_server_that_never_answers() =>
        FailsAsync(ThroughputFailure.Timeout, "did not answer within 1 s after our cookie", async it =>
        {
            await it.AcceptAsync();
            await it.WaitForTheClientToLeaveAsync();
        });

    [Fact]
    public Task A_server_that_speaks_another_protocol() =>
        FailsAsync(ThroughputFailure.Protocol, "unknown state (72)", async it =>
        {
            await it.AcceptAsync();
            await it.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            await it.WaitForTheClientToLeaveAsync();
        });

    [Fact]
    public Task A_server_with_another_order_of_steps() =>
        FailsAsync(ThroughputFailure.Protocol, "TestRunning (2) after our cookie", async it =>
        {
            await it.AcceptAsync();
            await it.SendAsync(Iperf3State.TestRunning);
            await it.WaitForTheClientToLeaveAsync();
        });

    [Fact]
    public async Task A_server_that_closes_in_the_middle_leaves_what_was_measured()
    {
        var twoReports = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedIperf3Server(async it =>
        {
            await it.BeginAsync();
            await Task.WhenAny(it.SinkUntilWordAsync(), twoReports.Task);
        });
        var reports = 0;

        var result = await Iperf3Client.RunAsync(
            server.Options with { Duration = TimeSpan.FromSeconds(60) },
            _ =>
            {
                if (++reports is 2)
                    twoReports.SetResult();
            },
            TimeProvider.System);

        Assert.Equal(ThroughputFailure.Disconnected, result.Failure);
        Assert.NotEmpty(result.Message!);
        Assert.True(result.Intervals.Count >= 2);
        Assert.True(result.SentBytes > 0);
        Assert.Null(result.ReceivedBytes);
    }

    [Theory]
    [InlineData(TransferDirection.Upload)]
    [InlineData(TransferDirection.Download)]
    public Task A_data_connection_that_breaks_alone(TransferDirection direction) =>
        FailsAsync(
            ThroughputFailure.Disconnected,
            "data connection",
            async it =>
            {
                await it.BeginAsync();
                it.Data[0].Dispose();
                await it.WaitForTheClientToLeaveAsync();
            },
            options => options with { Direction = direction, Streams = 2, Duration = TimeSpan.FromSeconds(60) });

    [Fact]
    public Task A_server_that_ends_the_test_itself() =>
        FailsAsync(
            ThroughputFailure.ServerError,
            "the server ended the test",
            async it =>
            {
                await it.BeginAsync();
                await it.SendAsync(Iperf3State.ServerTerminate);
                await it.SinkUntilWordAsync();
            },
            options => options with { Duration = TimeSpan.FromSeconds(60) });

    [Fact]
    public async Task A_server_that_never_sends_its_results_leaves_our_half()
    {
        var result = await FailsAsync(ThroughputFailure.Timeout, "in its results", async it =>
        {
            await it.BeginAsync();
            await it.SinkUntilWordAsync();
            await it.SendAsync(Iperf3State.ExchangeResults);
            await it.WaitForTheClientToLeaveAsync();
        });

        Assert.True(result.SentBytes > 0);
        Assert.Null(result.ReceivedBytes);
        Assert.Equal(3, result.Intervals.Count);
    }

    [Theory]
    [InlineData("FFFFFFFF", "4294967295 bytes")]
    [InlineData("00100001", "1048577 bytes")]
    [InlineData("00000000", "empty document")]
    [InlineData("000000027B7D", "can't be read")]
    [InlineData("00000004DEADBEEF", "can't be read")]
    public Task Results_that_are_none(string hex, string sentence) =>
        FailsAsync(ThroughputFailure.Protocol, sentence, async it =>
        {
            await it.BeginAsync();
            await it.SinkUntilWordAsync();
            await it.SendAsync(Iperf3State.ExchangeResults);
            await it.SendAsync(Convert.FromHexString(hex));
            await it.WaitForTheClientToLeaveAsync();
        });

    [Theory]
    [InlineData(2, 5L)]
    [InlineData(1, -1L)]
    [InlineData(1, long.MaxValue)]
    public Task Results_for_another_stream_or_with_an_impossible_count(int id, long bytes) =>
        FailsAsync(ThroughputFailure.Protocol, "no figures for stream 1", async it =>
        {
            await it.BeginAsync();
            await it.SinkUntilWordAsync();
            await it.ExchangeResultsAsync(own => own with { Streams = [own.Streams[0] with { Id = id, Bytes = bytes }] });
            await it.WaitForTheClientToLeaveAsync();
        });

    [Theory]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("1e300")]
    public async Task Times_and_shares_that_are_no_numbers_are_not_believed(string number)
    {
        await using var server = new ScriptedIperf3Server(async it =>
        {
            await it.BeginAsync();
            await it.SinkUntilWordAsync();
            await it.SendAsync(Iperf3State.ExchangeResults);
            var json = Encoding.UTF8.GetBytes(
                $$"""
                {"cpu_util_total":{{number}},"cpu_util_user":0,"cpu_util_system":0,"sender_has_retransmits":-1,"congestion_used":"{{new string('x', 999)}}",
                 "streams":[{"id":1,"bytes":7,"retransmits":-1,"jitter":0,"errors":0,"packets":0,"start_time":0,"end_time":{{number}}}]}
                """);
            await it.SendAsync([0, 0, (byte)(json.Length >> 8), (byte)json.Length, .. json]);
            await it.EndAsync();
        });

        var result = await Iperf3Client.RunAsync(server.Options, null, TimeProvider.System);

        Assert.Null(result.Failure);
        Assert.Equal(result.SenderDuration, result.ReceiverDuration);
        Assert.Null(result.ReceiverCongestion);
    }

    [Fact]
    public async Task A_server_that_leaves_without_a_farewell_takes_no_figure_away()
    {
        await using var server = new ScriptedIperf3Server(async it =>
        {
            await it.BeginAsync();
            await it.SinkUntilWordAsync();
            await it.ExchangeResultsAsync();
        });

        var result = await Iperf3Client.RunAsync(server.Options, null, TimeProvider.System);

        Assert.Null(result.Failure);
        Assert.Equal(server.Received[0], result.ReceivedBytes);
    }

    [Fact]
    public async Task A_server_that_takes_no_payload_does_not_hold_us_at_the_end()
    {
        await using var server = new ScriptedIperf3Server(async it =>
        {
            await it.BeginAsync();
            await it.HearAsync();
            await it.ExchangeResultsAsync();
            await it.EndAsync();
        });

        var result = await Iperf3Client.RunAsync(server.Options with { Streams = 2 }, null, TimeProvider.System);

        Assert.Null(result.Failure);
        Assert.Equal(0, result.ReceivedBytes);
        // 0.3 s and at most one patience of a blocked call.
        Assert.InRange(result.SenderDuration!.Value.TotalSeconds, 0.3, 2);
    }

    [Fact]
    public Task Bytes_that_never_come() =>
        FailsAsync(
            ThroughputFailure.Timeout,
            "no payload moved for 1 s",
            async it =>
            {
                await it.BeginAsync();
                await it.WaitForTheClientToLeaveAsync();
            },
            options => options with { Direction = TransferDirection.Download, Bytes = 1000 });

    [Fact]
    public async Task A_port_where_nobody_listens()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // Bound but not listening: refused for sure.

        var result = await Iperf3Client.RunAsync(
            new() { Host = "127.0.0.1", Port = ((IPEndPoint)socket.LocalEndPoint!).Port }, null, TimeProvider.System);

        Assert.Equal(ThroughputFailure.Refused, result.Failure);
        Assert.Contains("refused the connection", result.Message);
        Assert.Null(result.StartedAt);
        Assert.Empty(result.Intervals);
    }

    [Theory]
    [InlineData("no-such-name.invalid", ThroughputFailure.NameNotResolved)]
    [InlineData("хост.invalid", ThroughputFailure.NameNotResolved)]
    [InlineData("a..b", ThroughputFailure.NameNotResolved)]
    [InlineData("", ThroughputFailure.BadOptions)]
    [InlineData("-c", ThroughputFailure.BadOptions)]
    [InlineData("two words", ThroughputFailure.BadOptions)]
    [InlineData("host;reboot", ThroughputFailure.BadOptions)]
    public async Task A_host_that_is_none(string host, ThroughputFailure failure)
    {
        var result = await Iperf3Client.RunAsync(new() { Host = host }, null, TimeProvider.System);

        Assert.Equal(failure, result.Failure);
        Assert.NotEmpty(result.Message!);
    }

    [Fact]
    public async Task A_source_address_that_is_not_ours()
    {
        var result = await Iperf3Client.RunAsync(
            new() { Host = "127.0.0.1", Port = 1, Source = IPAddress.Parse("192.0.2.1") }, null, TimeProvider.System);

        Assert.Equal(ThroughputFailure.BadOptions, result.Failure);
        Assert.Contains("not an address of this machine", result.Message);
    }

    static async Task<Iperf3Result> FailsAsync(
        ThroughputFailure failure,
        string sentence,
        Func<ScriptedIperf3Server, Task> script,
        Func<Iperf3Options, Iperf3Options>? change = null)
    {
        await using var server = new ScriptedIperf3Server(script);
        var options = server.Options with { ControlTimeout = failure is ThroughputFailure.Timeout ? Soon : Ample };

        var result = await Iperf3Client.RunAsync(change?.Invoke(options) ?? options, null, TimeProvider.System);

        Assert.Equal(failure, result.Failure);
        Assert.Contains(sentence, result.Message);
        return result;
    }
}
