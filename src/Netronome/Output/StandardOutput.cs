using System.Runtime.InteropServices;

namespace Netronome.Output;

/// <summary>
/// Standard output that reports a reader who went away. The framework's console stream swallows EPIPE, so a verb that runs
/// until it is told to stop would go on for ever behind <c>| head</c>.
/// </summary>
sealed partial class StandardOutput : Stream
{
    const int Descriptor = 1;
    const int Interrupted = 4;      // EINTR
    const int BrokenPipe = 32;      // EPIPE
    const short Writable = 4;       // POLLOUT

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = WriteDescriptor(Descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }
            var error = Marshal.GetLastPInvokeError();
            if (error == BrokenPipe)
                throw new BrokenPipeException();
            if (error == AgainError())
                WaitUntilWritable();
            else if (error != Interrupted)
                throw new IOException($"standard output: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // EAGAIN: a shell may hand us a descriptor that somebody made non-blocking.
    static int AgainError() => OperatingSystem.IsLinux() ? 11 : 35;

    static void WaitUntilWritable()
    {
        var poll = new PollDescriptor { Descriptor = Descriptor, Events = Writable };
        _ = Poll(ref poll, 1, -1);
    }

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteDescriptor(int descriptor, ReadOnlySpan<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeoutMs);

    /// <summary><c>struct pollfd</c> of <c>poll.h</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
