using System.Net;
using System.Net.Sockets;

namespace Netronome.Probing.Throughput;

/// <summary>Finds the server and opens connections to it, each within the time limit.</summary>
sealed class Iperf3Dialer(Iperf3Options options, TimeProvider time)
{
    string Limit => $"{options.ControlTimeout.TotalSeconds:0.###} s";

    /// <summary>Resolves the name and connects to the first of its addresses that takes us.</summary>
    public async Task<Socket> ConnectControlAsync(CancellationToken cancellationToken)
    {
        ThroughputException? last = null;
        foreach (var address in await ResolveAsync(cancellationToken))
        {
            try
            {
                var socket = await ConnectAsync(
                    new(address, options.Port),
                    static (it, server, token) => it.ConnectAsync(server, token).AsTask(),
                    cancellationToken);
                socket.NoDelay = true;
                return socket;
            }
            catch (ThroughputException exception)
            {
                last = exception;
            }
        }
        throw last ?? new(ThroughputFailure.NameNotResolved, $"{options.Host} has no address of the wanted family");
    }

    /// <summary>
    /// One more connection to the same server, for payload. It is made with a blocking call: an asynchronous one would leave the
    /// socket with the runtime's event loop, and every "there is room again" of the test would wake that and two pool threads.
    /// </summary>
    public Task<Socket> ConnectDataAsync(IPEndPoint server, CancellationToken cancellationToken) =>
        ConnectAsync(server, ConnectBlocking, cancellationToken);

    static async Task ConnectBlocking(Socket socket, IPEndPoint server, CancellationToken cancellationToken)
    {
        // Closing the socket is what ends a blocking call.
        await using var abort = cancellationToken.Register(socket.Dispose);
        try
        {
            await Task.Factory.StartNew(
                () => socket.Connect(server), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (Exception exception)
            when (exception is SocketException or ObjectDisposedException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    async Task<Socket> ConnectAsync(
        IPEndPoint server, Func<Socket, IPEndPoint, CancellationToken, Task> connect, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var deadline = new CancellationTokenSource(options.ControlTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var connected = false;
        try
        {
            if (options.Source is { } source)
                Bind(socket, source);
            await connect(socket, server, either.Token);
            connected = true;
            return socket;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ThroughputException(
                ThroughputFailure.Timeout, $"{server} did not take the connection within {Limit}");
        }
        catch (SocketException exception)
        {
            throw Explain(exception, server);
        }
        finally
        {
            if (!connected)
                socket.Dispose();
        }
    }

    static ThroughputException Explain(SocketException exception, IPEndPoint server) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new(
            ThroughputFailure.Refused, $"{server} refused the connection: no iperf3 server listens there", exception),
        SocketError.TimedOut => new(ThroughputFailure.Timeout, $"{server} did not take the connection in time", exception),
        SocketError.NetworkUnreachable => new(ThroughputFailure.Unreachable, $"there is no route to {server}", exception),
        SocketError.HostUnreachable => new(ThroughputFailure.Unreachable, $"{server} can't be reached", exception),
        var code => new(ThroughputFailure.Unreachable, $"can't connect to {server}: {code}", exception),
    };

    static void Bind(Socket socket, IPAddress source)
    {
        try
        {
            socket.Bind(new IPEndPoint(source, 0));
        }
        catch (SocketException exception)
        {
            throw new ThroughputException(
                ThroughputFailure.BadOptions, $"{source} is not an address of this machine: {exception.SocketErrorCode}", exception);
        }
    }

    async Task<IPAddress[]> ResolveAsync(CancellationToken cancellationToken)
    {
        var family = options.Family ?? options.Source?.AddressFamily ?? AddressFamily.Unspecified;
        if (IPAddress.TryParse(options.Host, out var literal))
        {
            return family is AddressFamily.Unspecified || literal.AddressFamily == family
                ? [literal]
                : throw new ThroughputException(ThroughputFailure.BadOptions, $"{literal} is not an address of the wanted family");
        }
        using var deadline = new CancellationTokenSource(options.ControlTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await Dns.GetHostAddressesAsync(options.Host, family, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ThroughputException(
                ThroughputFailure.NameNotResolved, $"{options.Host} was not resolved within {Limit}");
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new ThroughputException(
                ThroughputFailure.NameNotResolved, $"{options.Host} is not known to the name service", exception);
        }
    }
}
