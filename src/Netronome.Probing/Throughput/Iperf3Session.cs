using System.Net;
using System.Net.Sockets;
using Netronome.Protocols.Iperf3;

namespace Netronome.Probing.Throughput;

/// <summary>One test's conversation with the server, from the cookie to the last word.</summary>
sealed partial class Iperf3Session(
    Iperf3Options options, Action<Iperf3Start>? started, Action<Iperf3Interval>? progress, TimeProvider time) : IAsyncDisposable
{
    /// <summary>What an unpaced stream hands to the kernel at once, unless the length of a write was asked for.</summary>
    const int UnpacedSendBytes = 1024 * 1024;

    /// <summary>How long a farewell may take: nothing that was measured depends on it.</summary>
    static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);

    // 64 PiB for one stream, more than any test moves; the sum over 128 streams still fits.
    const long MostBytes = 1L << 56;

    readonly bool sending = options.Direction is TransferDirection.Upload;
    readonly Iperf3Dialer dialer = new(options, time);
    readonly Iperf3Cookie cookie = Iperf3Cookie.Create();
    readonly List<Iperf3Stream> streams = [];
    readonly TransferRun run = new(options.Streams);
    Iperf3Control? control;
    IPEndPoint? server;
    long? segmentBytes;
    Iperf3Results? peer;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var socket = await dialer.ConnectControlAsync(cancellationToken);
        control = new(socket, options.ControlTimeout, time);
        server = (IPEndPoint)socket.RemoteEndPoint!;
        segmentBytes = TcpInfo.SegmentBytes(socket);

        await control.SendAsync(cookie.ToWire(), "when it was told our cookie", cancellationToken);
        await control.ExpectAsync(Iperf3State.ParameterExchange, "after our cookie", cancellationToken);
        await control.SendAsync(Iperf3Frame.Write(Parameters()), "when it was told our parameters", cancellationToken);
        await control.ExpectAsync(Iperf3State.CreateStreams, "after our parameters", cancellationToken);
        await OpenStreamsAsync(cancellationToken);
        await control.ExpectAsync(Iperf3State.TestStart, "after our data connections", cancellationToken);
        await control.ExpectAsync(Iperf3State.TestRunning, "before the payload", cancellationToken);
        await MeasureAsync(control, cancellationToken);
        await ExchangeResultsAsync(control, cancellationToken);
        await FarewellAsync(control, cancellationToken);
    }

    /// <summary>Tells the server that no results will come, if it still listens.</summary>
    public async Task SayGoodbyeAsync()
    {
        if (control is null)
            return;
        using var limit = new CancellationTokenSource(FarewellLimit, time);
        try
        {
            await control.SendAsync(Iperf3State.ClientTerminate, "when it was told that we stop", limit.Token);
            // Until it closes: a data connection that breaks first would be an error to it.
            while (true)
                _ = await control.ReadStateAsync("after it was told that we stop", limit.Token);
        }
        catch (Exception exception) when (exception is ThroughputException or OperationCanceledException)
        {
            // It has closed, or it will notice when we do.
        }
    }

    public async ValueTask DisposeAsync()
    {
        run.Stop();
        await CloseStreamsAsync();
        control?.Dispose();
        run.Dispose();
    }

    async Task OpenStreamsAsync(CancellationToken cancellationToken)
    {
        var shared = sending || WithoutCopy ? NewBuffer() : null;
        if (sending)
            // Not to be compressed on the way.
            System.Security.Cryptography.RandomNumberGenerator.Fill(shared!.Block);
        for (var i = 0; i < options.Streams; i++)
        {
            var socket = await dialer.ConnectDataAsync(server!, cancellationToken);
            try
            {
                // The cookie always fits into an empty send buffer.
                socket.Send(cookie.ToWire());
                streams.Add(new(Iperf3StreamId.OfIndex(i), socket, run, shared ?? NewBuffer()));
            }
            catch (SocketException exception)
            {
                socket.Dispose();
                throw new ThroughputException(
                    ThroughputFailure.Disconnected,
                    $"the server closed a new data connection: {exception.SocketErrorCode}",
                    exception);
            }
        }

        PayloadBuffer NewBuffer() => new(SendsManyBlocks ? UnpacedSendBytes : options.BlockBytes);
    }

    // Streams that share a CPU then change places less often.
    bool SendsManyBlocks =>
        sending && options.BitsPerSecondPerStream is null && options.BlockBytes == Iperf3Options.DefaultBlockBytes;

    bool WithoutCopy => !sending && !options.CopyReceived && OperatingSystem.IsLinux();

    async Task ExchangeResultsAsync(Iperf3Control channel, CancellationToken cancellationToken)
    {
        await channel.SendAsync(Iperf3State.TestEnd, "when it was told the end", cancellationToken);
        await channel.ExpectAsync(Iperf3State.ExchangeResults, "after the end of the test", cancellationToken);
        await channel.SendAsync(Iperf3Frame.Write(Results()), "when it was told our results", cancellationToken);
        var results = await channel.ReadResultsAsync("in its results", cancellationToken);
        foreach (var stream in streams)
        {
            if (results.Streams.FirstOrDefault(candidate => candidate.Id == stream.Number) is not { Bytes: >= 0 and < MostBytes })
                throw new ThroughputException(
                    ThroughputFailure.Protocol, $"the server's results have no figures for stream {stream.Number}");
        }
        peer = results;
    }

    async Task FarewellAsync(Iperf3Control channel, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(FarewellLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await channel.ExpectAsync(Iperf3State.DisplayResults, "after the results", either.Token);
            await channel.SendAsync(Iperf3State.IperfDone, "at the end", either.Token);
            await Task.WhenAll(streams.Select(stream => stream.Finished)).WaitAsync(FarewellLimit, time, either.Token);
        }
        catch (Exception exception) when (exception is ThroughputException or OperationCanceledException or TimeoutException)
        {
            // Both ends' figures are here; a server that forgets its manners now takes nothing away from them.
        }
    }

    async Task CloseStreamsAsync()
    {
        foreach (var stream in streams)
            stream.Shut();
        if (meter is not null)
        {
            try
            {
                await Task.WhenAll(streams.Select(stream => stream.Finished)).WaitAsync(FarewellLimit, time);
            }
            catch (TimeoutException)
            {
                // The threads hold their sockets until they notice.
            }
        }
        foreach (var stream in streams)
            stream.Dispose();
    }

    Iperf3Parameters Parameters() => new()
    {
        Tcp = true,
        OmitSeconds = (long)options.Omit.TotalSeconds,
        TimeSeconds = options.Bytes is null ? (long)Math.Ceiling(options.Duration.TotalSeconds) : 0,
        Bytes = options.Bytes ?? 0,
        Parallel = options.Streams,
        Reverse = !sending,
        BlockBytes = options.BlockBytes,
        BitsPerSecond = options.BitsPerSecondPerStream ?? 0,
        PacingTimerMicros = 1000,
        ClientVersion = $"netronome {typeof(Iperf3Session).Assembly.GetName().Version?.ToString(3)}",
    };
}
