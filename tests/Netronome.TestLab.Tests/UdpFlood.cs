using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Netronome.TestLab.Tests;

/// <summary>Numbered datagrams one way, then an end mark over and over until it arrives.</summary>
static class UdpFlood
{
    const int Port = 9;
    const int EndMark = -1;

    /// <summary>The numbers in the order in which they arrived.</summary>
    internal static async Task<List<int>> ReceivedAsync(LabHost from, LabHost to, IPAddress address, int count)
    {
        using var receiver = await to.InsideAsync(() =>
        {
            var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 5_000 };
            socket.ReceiveBufferSize = 16 << 20;
            socket.Bind(new IPEndPoint(address, Port));
            return socket;
        });
        using var ended = new CancellationTokenSource();
        var sending = from.InsideAsync(() => Send(address, count, ended.Token));
        var numbers = await to.InsideAsync(() => Receive(receiver));
        await ended.CancelAsync();
        await sending;
        return numbers;
    }

    static bool Send(IPAddress address, int count, CancellationToken ended)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        var bytes = new byte[64];
        var target = new IPEndPoint(address, Port);
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes, i);
            socket.SendTo(bytes, target);
            if (i % 20 == 19)
            {
                // Some hundred microseconds of rest keep queues short; nothing waits for this.
                ended.WaitHandle.WaitOne(1);
            }
        }

        do
        {
            ended.WaitHandle.WaitOne(50);
            BinaryPrimitives.WriteInt32BigEndian(bytes, EndMark);
            socket.SendTo(bytes, target);
        }
        while (!ended.IsCancellationRequested);
        return true;
    }

    static List<int> Receive(Socket socket)
    {
        var numbers = new List<int>();
        var bytes = new byte[64];
        while (true)
        {
            socket.Receive(bytes);
            var number = BinaryPrimitives.ReadInt32BigEndian(bytes);
            if (number == EndMark)
            {
                return numbers;
            }

            numbers.Add(number);
        }
    }
}
