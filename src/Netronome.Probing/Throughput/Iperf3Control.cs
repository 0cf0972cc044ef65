using System.Net.Sockets;
using Netronome.Protocols;
using Netronome.Protocols.Iperf3;

namespace Netronome.Probing.Throughput;

/// <summary>
/// The control connection: states and documents, each step with its time limit. Whatever goes wrong is a
/// <see cref="ThroughputException"/> that names the step; only a caller's own cancellation stays one.
/// </summary>
sealed class Iperf3Control(Socket socket, TimeSpan timeout, TimeProvider time) : IDisposable
{
    readonly byte[] small = new byte[Iperf3ServerError.WireBytes];

    public void Dispose() => socket.Dispose();

    /// <summary>Waits for this state; any other is a failure with its own sentence.</summary>
    public async Task ExpectAsync(Iperf3State expected, string step, CancellationToken cancellationToken)
    {
        var state = await WithLimitAsync(token => ReadStateAsync(step, token), step, cancellationToken);
        if (state != expected)
            throw await ExplainAsync(state, step, cancellationToken);
    }

    /// <summary>The next state, however long it takes: for the time in which payload flows.</summary>
    public async Task<Iperf3State> ReadStateAsync(string step, CancellationToken cancellationToken)
    {
        Iperf3State state;
        do
        {
            await ReadAsync(small.AsMemory(0, 1), step, cancellationToken);
            state = (Iperf3State)(sbyte)small[0];
        }
        while (state is Iperf3State.IperfStart); // Says nothing; old servers send it between tests.
        return state;
    }

    /// <summary>What a state that nobody waited for means.</summary>
    public async Task<ThroughputException> ExplainAsync(Iperf3State state, string step, CancellationToken cancellationToken)
    {
        switch (state)
        {
            case Iperf3State.AccessDenied:
                return new(ThroughputFailure.Busy, "the server is busy with another test, or does not want us");
            case Iperf3State.ServerTerminate:
                return new(ThroughputFailure.ServerError, "the server ended the test");
            case Iperf3State.ServerError:
                await WithLimitAsync(
                    async token =>
                    {
                        await ReadAsync(small, "while it told an error", token);
                        return true;
                    },
                    "while it told an error",
                    cancellationToken);
                var error = Iperf3ServerError.Read(small);
                return new(ThroughputFailure.ServerError, $"the server refused: {error.Describe()}");
            default:
                var name = Enum.IsDefined(state) ? $"{state} ({(sbyte)state})" : $"an unknown state ({(sbyte)state})";
                return new(ThroughputFailure.Protocol, $"the server sent {name} {step}, which is not iperf3's order");
        }
    }

    public Task SendAsync(Iperf3State state, string step, CancellationToken cancellationToken) =>
        SendAsync(new[] { (byte)(sbyte)state }, step, cancellationToken);

    public Task SendAsync(ReadOnlyMemory<byte> bytes, string step, CancellationToken cancellationToken) =>
        WithLimitAsync(
            async token =>
            {
                for (var rest = bytes; rest.Length > 0;)
                    rest = rest[await TryAsync(socket.SendAsync(rest, SocketFlags.None, token), step)..];
                return true;
            },
            step,
            cancellationToken);

    public Task<Iperf3Results> ReadResultsAsync(string step, CancellationToken cancellationToken) =>
        WithLimitAsync(
            async token =>
            {
                var header = new byte[Iperf3Frame.HeaderBytes];
                await ReadAsync(header, step, token);
                try
                {
                    var json = new byte[Iperf3Frame.ReadLength(header)];
                    await ReadAsync(json, step, token);
                    return Iperf3Frame.ReadResults(json);
                }
                catch (ProtocolException exception)
                {
                    throw new ThroughputException(ThroughputFailure.Protocol, $"the server {exception.Message} {step}", exception);
                }
            },
            step,
            cancellationToken);

    async Task ReadAsync(Memory<byte> buffer, string step, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            var read = await TryAsync(socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken), step);
            if (read is 0)
                throw new ThroughputException(ThroughputFailure.Disconnected, $"the server closed the connection {step}");
            buffer = buffer[read..];
        }
    }

    static async ValueTask<int> TryAsync(ValueTask<int> operation, string step)
    {
        try
        {
            return await operation;
        }
        catch (SocketException exception)
        {
            throw new ThroughputException(
                ThroughputFailure.Disconnected, $"the connection broke {step}: {exception.SocketErrorCode}", exception);
        }
    }

    async Task<T> WithLimitAsync<T>(Func<CancellationToken, Task<T>> act, string step, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await act(either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ThroughputException(
                ThroughputFailure.Timeout, $"the server did not answer within {timeout.TotalSeconds:0.###} s {step}");
        }
    }
}
