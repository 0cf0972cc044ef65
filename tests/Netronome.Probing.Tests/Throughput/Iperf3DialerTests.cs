using System.Net;
using System.Net.Sockets;
using Netronome.Probing.Throughput;

namespace Netronome.Probing.Tests.Throughput;

/// <summary>A listener whose queue is full drops what knocks: the same silence as a filter on the way.</summary>
public sealed class Iperf3DialerTests : IDisposable
{
    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly List<Socket> queue = [];

    public Iperf3DialerTests()
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        for (var i = 0; i < 2; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                socket.Connect(Server);
            }
            catch (SocketException)
            {
                // In progress.
            }
            queue.Add(socket);
        }
    }

    IPEndPoint Server => (IPEndPoint)listener.LocalEndPoint!;

    [Fact]
    public async Task Silence_ends_at_the_time_limit_with_a_reason()
    {
        var options = new Iperf3Options { Host = "127.0.0.1", Port = Server.Port, ControlTimeout = TimeSpan.FromSeconds(0.3) };
        var dialer = new Iperf3Dialer(options, TimeProvider.System);

        var control = await Assert.ThrowsAsync<ThroughputException>(() => dialer.ConnectControlAsync(CancellationToken.None));
        var data = await Assert.ThrowsAsync<ThroughputException>(() => dialer.ConnectDataAsync(Server, CancellationToken.None));

        Assert.All([control, data], it => Assert.Equal(ThroughputFailure.Timeout, it.Failure));
        Assert.Contains("did not take the connection within 0.3 s", data.Message);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_the_time_limit()
    {
        var options = new Iperf3Options { Host = "127.0.0.1", ControlTimeout = TimeSpan.FromMinutes(5) };
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(0.2));

        var connecting = new Iperf3Dialer(options, TimeProvider.System).ConnectDataAsync(Server, stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    public void Dispose()
    {
        listener.Dispose();
        queue.ForEach(socket => socket.Dispose());
    }
}
