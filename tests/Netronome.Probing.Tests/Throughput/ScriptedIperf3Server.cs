using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Netronome.Probing.Throughput;
using Netronome.Protocols.Iperf3;

namespace Netronome.Probing.Tests.Throughput;

/// <summary>
/// An iperf3 server in this process that does what the test's script says, well or badly. It serves one client; leaving the script
/// closes everything.
/// </summary>
sealed class ScriptedIperf3Server : IAsyncDisposable
{
    readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly List<Socket> data = [];
    readonly CancellationTokenSource stop = new();
    readonly Task script;
    Socket? control;
    string cookie = "";

    public ScriptedIperf3Server(Func<ScriptedIperf3Server, Task> script)
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        this.script = RunAsync(script);
    }

    public Iperf3Options Options => new()
    {
        Host = "127.0.0.1",
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port,
        Duration = TimeSpan.FromSeconds(0.3),
        ReportInterval = TimeSpan.FromSeconds(0.1),
        ControlTimeout = TimeSpan.FromSeconds(20),
    };

    public Iperf3Parameters? Parameters { get; private set; }

    public Iperf3Results? ClientResults { get; private set; }

    /// <summary>Payload bytes that arrived on each data connection.</summary>
    public long[] Received { get; private set; } = [];

    /// <summary>States that the client sent, in order.</summary>
    public List<Iperf3State> Heard { get; } = [];

    public IReadOnlyList<Socket> Data => data;

    /// <summary>Completes when the script has ended, with its error if it had one.</summary>
    public Task Ended => script;

    public async Task AcceptAsync()
    {
        control = await listener.AcceptAsync(stop.Token);
        control.NoDelay = true;
        cookie = Encoding.ASCII.GetString(await ReadAsync(control, Iperf3Cookie.WireBytes));
    }

    public async Task ReadParametersAsync()
    {
        await SendAsync(Iperf3State.ParameterExchange);
        Parameters = Iperf3Frame.ReadParameters(await ReadFrameAsync());
    }

    public async Task AcceptStreamsAsync()
    {
        await SendAsync(Iperf3State.CreateStreams);
        for (var i = 0; i < Parameters!.Parallel; i++)
        {
            var socket = await listener.AcceptAsync(stop.Token);
            Assert.Equal(cookie, Encoding.ASCII.GetString(await ReadAsync(socket, Iperf3Cookie.WireBytes)));
            data.Add(socket);
        }
        Received = new long[data.Count];
    }

    /// <summary>Everything up to the moment when payload flows.</summary>
    public async Task BeginAsync()
    {
        await AcceptAsync();
        await ReadParametersAsync();
        await AcceptStreamsAsync();
        await SendAsync(Iperf3State.TestStart);
        await SendAsync(Iperf3State.TestRunning);
    }

    /// <summary>Takes all payload until the client says a word on the control connection.</summary>
    public async Task<Iperf3State> SinkUntilWordAsync()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var sinks = Task.WhenAll(data.Select((_, index) => SinkAsync(index, over.Token)));
        var word = await HearAsync();
        await over.CancelAsync();
        await sinks;
        return word;
    }

    /// <summary>Sends payload on all streams until the client says a word on the control connection.</summary>
    public async Task<Iperf3State> SourceUntilWordAsync()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        var block = new byte[64 * 1024];
        var sources = Task.WhenAll(data.Select(async socket =>
        {
            try
            {
                while (true)
                    await socket.SendAsync(block, SocketFlags.None, over.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
            }
        }));
        var word = await HearAsync();
        await over.CancelAsync();
        await sources;
        foreach (var socket in data)
            socket.Dispose();
        return word;
    }

    public async Task ExchangeResultsAsync(Func<Iperf3Results, Iperf3Results>? change = null, bool byteByByte = false)
    {
        await SendAsync(Iperf3State.ExchangeResults);
        ClientResults = Iperf3Frame.ReadResults(await ReadFrameAsync());
        var own = new Iperf3Results
        {
            CpuTotalPercent = 50, CpuUserPercent = 10, CpuSystemPercent = 40, SenderHasRetransmits = -1, CongestionUsed = "cubic",
            Streams =
            [
                .. Received.Select((bytes, index) => new Iperf3StreamResults
                {
                    Id = Iperf3StreamId.OfIndex(index), Bytes = bytes, Retransmits = -1, JitterSeconds = 0, StartSeconds = 0, EndSeconds = 0.5,
                }),
            ],
        };
        foreach (var piece in Iperf3Frame.Write(change?.Invoke(own) ?? own).Chunk(byteByByte ? 1 : int.MaxValue))
            await SendAsync(piece);
    }

    public async Task EndAsync()
    {
        await SendAsync(Iperf3State.DisplayResults);
        await HearAsync();
    }

    public Task SendAsync(Iperf3State state) => SendAsync([(byte)(sbyte)state]);

    public async Task SendAsync(byte[] bytes) => await control!.SendAsync(bytes, SocketFlags.None, stop.Token);

    public async Task<Iperf3State> HearAsync()
    {
        var state = (Iperf3State)(sbyte)(await ReadAsync(control!, 1))[0];
        Heard.Add(state);
        return state;
    }

    /// <summary>Says nothing more until the client goes away.</summary>
    public async Task WaitForTheClientToLeaveAsync()
    {
        var buffer = new byte[1024];
        while (await control!.ReceiveAsync(buffer, SocketFlags.None, stop.Token) > 0)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await script.ContinueWith(_ => { }, TaskScheduler.Default);
        listener.Dispose();
        stop.Dispose();
    }

    async Task RunAsync(Func<ScriptedIperf3Server, Task> act)
    {
        await Task.Yield();
        try
        {
            await act(this);
        }
        finally
        {
            control?.Dispose();
            data.ForEach(socket => socket.Dispose());
        }
    }

    async Task SinkAsync(int index, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        try
        {
            while (await data[index].ReceiveAsync(buffer, SocketFlags.None, cancellationToken) is > 0 and var read)
                Received[index] += read;
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
        }
    }

    async Task<byte[]> ReadFrameAsync() =>
        await ReadAsync(control!, BinaryPrimitives.ReadInt32BigEndian(await ReadAsync(control!, 4)));

    async Task<byte[]> ReadAsync(Socket socket, int length)
    {
        var buffer = new byte[length];
        for (var read = 0; read < length;)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(read), SocketFlags.None, stop.Token);
            if (got is 0)
                throw new EndOfStreamException("the client closed");
            read += got;
        }
        return buffer;
    }
}
