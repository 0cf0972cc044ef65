using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Netronome.Probing.Throughput;

/// <summary>
/// send(2) and recv(2) as they are. The framework's own calls send a block to its end, however long a slow link takes, and don't
/// pass <c>MSG_TRUNC</c> on; these return what one call moved, so a stream can be counted and stopped within a tenth of a second.
/// </summary>
static unsafe partial class LinuxStreamCalls
{
    // asm-generic/errno.h, bits/socket.h.
    const int Interrupted = 4, TryAgain = 11;
    const int Truncate = 0x20, NoSignal = 0x4000;

    /// <summary>Bytes sent; 0 when the time limit of the socket passed; −errno on an error.</summary>
    public static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> payload)
    {
        fixed (byte* pointer = payload)
        {
            var sent = (int)Send(socket, pointer, (nuint)payload.Length, NoSignal);
            return sent >= 0 ? sent : Failure();
        }
    }

    /// <summary>Bytes received; 0 when the peer closed; −errno on an error, <see cref="IsPause"/> when the time limit passed.</summary>
    public static int Receive(SafeSocketHandle socket, Span<byte> buffer, bool withoutCopy)
    {
        fixed (byte* pointer = buffer)
        {
            // For TCP, MSG_TRUNC takes the bytes off the queue without copying them (tcp(7)).
            var received = (int)Receive(socket, pointer, (nuint)buffer.Length, withoutCopy ? Truncate : 0);
            return received >= 0 ? received : Failure();
        }
    }

    /// <summary>The call was only interrupted, or its time limit passed: look around and try again.</summary>
    public static bool IsPause(int outcome) => outcome is -TryAgain or -Interrupted;

    static int Failure() => -Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeSocketHandle socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeSocketHandle socket, byte* buffer, nuint length, int flags);
}
