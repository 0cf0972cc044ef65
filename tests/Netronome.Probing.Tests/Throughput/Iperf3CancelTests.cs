using Netronome.Probing.Throughput;
using Netronome.Protocols.Iperf3;

namespace Netronome.Probing.Tests.Throughput;

[Collection(AloneCollection.Name)]
public class Iperf3CancelTests
{
    [Theory]
    [InlineData(TransferDirection.Upload)]
    [InlineData(TransferDirection.Download)]
    public async Task Stopping_in_the_middle_tells_the_server_and_keeps_what_was_measured(TransferDirection direction)
    {
        await using var server = new ScriptedIperf3Server(async it =>
        {
            await it.BeginAsync();
            await (direction is TransferDirection.Upload ? it.SinkUntilWordAsync() : it.SourceUntilWordAsync());
        });
        using var stop = new CancellationTokenSource();
        var reports = 0;

        var result = await Iperf3Client.RunAsync(
            server.Options with { Direction = direction, Duration = TimeSpan.FromMinutes(10) },
            _ =>
            {
                if (++reports is 2)
                    stop.Cancel();
            },
            TimeProvider.System,
            stop.Token);
        await server.Ended;

        Assert.Equal(ThroughputFailure.Cancelled, result.Failure);
        Assert.Equal([Iperf3State.ClientTerminate], server.Heard);
        Assert.True(result.Intervals.Count >= 2);
        Assert.Equal(direction is TransferDirection.Upload ? result.SentBytes : result.ReceivedBytes, result.Intervals.Sum(it => it.Bytes));
        Assert.Null(direction is TransferDirection.Upload ? result.ReceivedBytes : result.SentBytes);
    }

    [Fact]
    public async Task Stopping_while_the_server_is_silent()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedIperf3Server(async it =>
        {
            await it.AcceptAsync();
            await stop.CancelAsync();
            await it.HearAsync();
        });

        var result = await Iperf3Client.RunAsync(server.Options, null, TimeProvider.System, stop.Token);
        await server.Ended;

        Assert.Equal(ThroughputFailure.Cancelled, result.Failure);
        Assert.Equal([Iperf3State.ClientTerminate], server.Heard);
        Assert.Empty(result.Intervals);
    }

    [Fact]
    public async Task Stopping_before_the_start()
    {
        var result = await Iperf3Client.RunAsync(new() { Host = "127.0.0.1", Port = 9 }, null, TimeProvider.System, new(canceled: true));

        Assert.Equal(ThroughputFailure.Cancelled, result.Failure);
    }
}
