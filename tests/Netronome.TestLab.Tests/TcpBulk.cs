using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Netronome.TestLab.Tests;

/// <summary>One TCP stream as fast as it goes.</summary>
static class TcpBulk
{
    const int Port = 5001;

    /// <summary>The payload received per second of receiving, without the first fifth (slow start and the full bucket).</summary>
    internal static async Task<double> BitsPerSecondAsync(LabHost from, LabHost to, IPAddress address, TimeSpan duration)
    {
        using var listener = await to.InsideAsync(() =>
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, Port));
            socket.Listen(1);
            return socket;
        });
        var sending = from.InsideAsync(() =>
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(address, Port);
            var block = new byte[16_384];
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                socket.Send(block);
            }

            return true;
        });
        var rate = await to.InsideAsync(() =>
        {
            using var socket = listener.Accept();
            var block = new byte[65_536];
            var start = Stopwatch.GetTimestamp();
            var bytes = 0L;
            var counting = false;
            var seconds = 0.0;
            while (socket.Receive(block) is var length and > 0)
            {
                if (!counting)
                {
                    if (Stopwatch.GetElapsedTime(start) > duration / 5)
                    {
                        (counting, start) = (true, Stopwatch.GetTimestamp());
                    }

                    continue;
                }

                bytes += length;
                seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }

            return bytes * 8 / seconds;
        });
        await sending;
        return rate;
    }
}
