using System.Net;
using System.Net.Sockets;
using Netronome.Probing.Throughput;

namespace Netronome.Probing.Tests.Throughput;

[Collection(AloneCollection.Name)]
public sealed class StreamPumpTests : IDisposable
{
    const int BlockBytes = 128 * 1024;
    const long Plenty = 1_000L * BlockBytes;

    readonly Socket near = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly Socket far;

    public StreamPumpTests()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        near.Connect(listener.LocalEndPoint!);
        far = listener.Accept();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sending_allocates_nothing_per_block(bool paced)
    {
        using var run = new TransferRun(senders: 1);
        var pump = new StreamPump(near, run, new(BlockBytes));
        var pacer = paced ? new StreamPacer(80_000_000_000, TimeProvider.System) : null;
        var sink = InBackground(() => Sink(far));
        Send(10L * BlockBytes);

        var allocated = Allocated(() => Send(Plenty));
        near.Shutdown(SocketShutdown.Send);
        sink.Join();

        Assert.Equal(Plenty + 10L * BlockBytes, pump.Bytes);
        Assert.InRange(allocated, 0, 512);

        void Send(long bytes)
        {
            run.Limit(bytes);
            pump.Send(pacer);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Receiving_allocates_nothing_per_block(bool withoutCopy)
    {
        using var run = new TransferRun(senders: 0);
        var pump = new StreamPump(near, run, new(BlockBytes));
        var source = InBackground(() =>
        {
            var block = new byte[BlockBytes];
            for (long sent = 0; sent < Plenty; sent += block.Length)
                far.Send(block);
            far.Shutdown(SocketShutdown.Send);
        });

        var allocated = Allocated(() => pump.Receive(withoutCopy));
        source.Join();

        Assert.Equal(Plenty, pump.Bytes);
        // The sentence about the end, and what the first call sets up once. One object for each of a thousand blocks would be 24,000.
        Assert.InRange(allocated, 0, 16_000);
    }

    [Fact]
    public void A_paced_sender_waits_until_its_block_is_due()
    {
        using var run = new TransferRun(senders: 1);
        var pump = new StreamPump(near, run, new(1000));
        run.Limit(10_000);
        var from = TimeProvider.System.GetTimestamp();

        // Ten blocks of 8 kbit at 400 kbit/s: 20 ms each, the first one at once.
        pump.Send(new StreamPacer(400_000, TimeProvider.System));

        Assert.InRange(TimeProvider.System.GetElapsedTime(from).TotalSeconds, 0.17, 2.0);
    }

    [Fact]
    public void A_closed_peer_ends_both_ways_with_a_sentence()
    {
        using var run = new TransferRun(senders: 1);
        far.Dispose();

        new StreamPump(near, run, new(BlockBytes)).Receive(withoutCopy: false);

        Assert.True(run.Ended.IsCompletedSuccessfully);
    }

    public void Dispose()
    {
        near.Dispose();
        far.Dispose();
    }

    static long Allocated(Action act)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        act();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    static Thread InBackground(Action act)
    {
        var thread = new Thread(() => act()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    static void Sink(Socket socket)
    {
        var buffer = new byte[BlockBytes];
        while (socket.Receive(buffer) > 0)
        {
        }
    }
}
