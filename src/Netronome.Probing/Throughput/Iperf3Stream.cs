using System.Net;
using System.Net.Sockets;

namespace Netronome.Probing.Throughput;

/// <summary>One data connection with its own thread.</summary>
sealed class Iperf3Stream : IDisposable
{
    readonly Socket socket;
    readonly StreamPump pump;
    readonly TransferRun run;
    readonly TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Iperf3Stream(int number, Socket socket, TransferRun run, PayloadBuffer buffer)
    {
        Number = number;
        this.socket = socket;
        this.run = run;
        pump = new(socket, run, buffer);
        socket.SendTimeout = StreamPump.PatienceMilliseconds;
        socket.ReceiveTimeout = StreamPump.PatienceMilliseconds;
        var local = (IPEndPoint)socket.LocalEndPoint!;
        var remote = (IPEndPoint)socket.RemoteEndPoint!;
        Connection = new(
            number, (int)socket.Handle, local.Address.ToString(), local.Port, remote.Address.ToString(), remote.Port);
    }

    /// <summary>Number of the stream as iperf3 counts.</summary>
    public int Number { get; }

    public Iperf3Connection Connection { get; }

    public Socket Socket => socket;

    /// <summary>Payload bytes moved since the connection began.</summary>
    public long Bytes => pump.Bytes;

    /// <summary>Completes when the thread has ended.</summary>
    public Task Finished => finished.Task;

    public TcpInfo Info() => TcpInfo.Of(socket);

    public void StartSending(StreamPacer? pacer) => Start(() => pump.Send(pacer));

    public void StartReceiving(bool withoutCopy) => Start(() => pump.Receive(withoutCopy));

    /// <summary>Ends the connection both ways; a blocked thread wakes up.</summary>
    public void Shut()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer was faster.
        }
    }

    public void Dispose() => socket.Dispose();

    void Start(Action work)
    {
        var thread = new Thread(() => Run(work), maxStackSize: 256 * 1024) { IsBackground = true, Name = $"iperf3 stream {Number}" };
        thread.Start();
    }

    void Run(Action work)
    {
        try
        {
            work();
        }
        catch (ObjectDisposedException)
        {
            run.Break("the connection was closed from this side");
        }
        finally
        {
            finished.TrySetResult();
        }
    }
}
