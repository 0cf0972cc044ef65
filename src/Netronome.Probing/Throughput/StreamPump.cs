using System.Net.Sockets;

namespace Netronome.Probing.Throughput;

/// <summary>
/// Moves one stream's payload on the calling thread, as fast as it goes. Nothing is allocated per block: the buffer is pinned and
/// lives as long as the stream, and the calls answer with a number.
/// </summary>
sealed class StreamPump(Socket socket, TransferRun run, PayloadBuffer buffer)
{
    /// <summary>How long one call may block before the pump looks whether it shall stop.</summary>
    public const int PatienceMilliseconds = 100;

    long bytes;

    /// <summary>Payload bytes moved so far; any thread may read it.</summary>
    public long Bytes => Volatile.Read(ref bytes);

    /// <summary>Sends until the test stops, its bytes are sent, or the stream breaks.</summary>
    public void Send(StreamPacer? pacer)
    {
        while (!run.Stopped)
        {
            pacer?.Wait(run);
            var block = run.Take(buffer.Block.Length);
            if (block is 0)
            {
                run.Finish();
                return;
            }
            if (!SendBlock(block))
                return;
            pacer?.Sent(block);
        }
    }

    /// <summary>
    /// Receives until the peer closes or the socket is shut. It goes on after the measured time: a server that is stuck in a write
    /// would never read our "enough".
    /// </summary>
    public void Receive(bool withoutCopy)
    {
        while (true)
        {
            var outcome = OperatingSystem.IsLinux()
                ? LinuxStreamCalls.Receive(socket.SafeHandle, buffer.Block, withoutCopy)
                : ReceivePortable();
            if (outcome > 0)
            {
                Volatile.Write(ref bytes, bytes + outcome);
                run.Note(outcome);
            }
            else if (outcome is 0 || !LinuxStreamCalls.IsPause(outcome))
            {
                run.Break(outcome is 0 ? "the server closed a data connection" : $"a data connection broke (errno {-outcome})");
                return;
            }
        }
    }

    bool SendBlock(int block)
    {
        for (var sent = 0; sent < block && !run.Stopped;)
        {
            var payload = buffer.Block[sent..block];
            var outcome = OperatingSystem.IsLinux() ? LinuxStreamCalls.Send(socket.SafeHandle, payload) : SendPortable(payload);
            if (outcome >= 0)
            {
                sent += outcome;
                Volatile.Write(ref bytes, bytes + outcome);
            }
            else if (!LinuxStreamCalls.IsPause(outcome))
            {
                run.Break($"a data connection broke (errno {-outcome})");
                return false;
            }
        }
        return true;
    }

    int SendPortable(ReadOnlySpan<byte> payload)
    {
        var sent = socket.Send(payload, SocketFlags.None, out var error);
        return sent > 0 || error is SocketError.Success ? sent : Failure(error);
    }

    int ReceivePortable()
    {
        var received = socket.Receive(buffer.Block, SocketFlags.None, out var error);
        return error is SocketError.Success ? received : Failure(error);
    }

    // The pause is Linux's EAGAIN here too; other numbers are only shown.
    static int Failure(SocketError error) => error is SocketError.TimedOut or SocketError.WouldBlock ? -11 : -(int)error;
}
