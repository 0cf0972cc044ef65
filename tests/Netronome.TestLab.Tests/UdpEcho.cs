using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Netronome.TestLab.Tests;

/// <summary>A UDP echo inside a lab host, on a thread of its own, and a client that times it.</summary>
sealed class UdpEcho : IAsyncDisposable
{
    readonly Socket socket;
    readonly Thread thread;

    UdpEcho(Socket socket)
    {
        this.socket = socket;
        thread = new Thread(Answer) { IsBackground = true };
        thread.Start();
    }

    internal IPEndPoint LastSource { get; private set; } = new(IPAddress.None, 0);

    internal static async Task<UdpEcho> StartAsync(LabHost host, int port) => new(await host.InsideAsync(() =>
    {
        var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { DualMode = true };
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        return socket;
    }));

    /// <summary>One round trip after the other, each on one and the same socket; those not answered in time are missing.</summary>
    internal static Task<List<TimeSpan>> RoundTripsAsync(LabHost client, IPAddress server, int port, int count, TimeSpan? limit = null) =>
        client.InsideAsync(() =>
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.ReceiveTimeout = (int)(limit ?? TimeSpan.FromSeconds(2)).TotalMilliseconds;
            socket.Connect(server, port);
            var times = new List<TimeSpan>();
            var bytes = new byte[64];
            for (var i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteInt32BigEndian(bytes, i);
                var sent = Stopwatch.GetTimestamp();
                socket.Send(bytes);
                try
                {
                    socket.Receive(bytes);
                    times.Add(Stopwatch.GetElapsedTime(sent));
                }
                catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
                {
                }
            }

            return times;
        });

    void Answer()
    {
        var bytes = new byte[2048];
        EndPoint source = new IPEndPoint(IPAddress.IPv6Any, 0);
        try
        {
            while (true)
            {
                var length = socket.ReceiveFrom(bytes, ref source);
                var from = (IPEndPoint)source;
                LastSource = new IPEndPoint(from.Address.IsIPv4MappedToIPv6 ? from.Address.MapToIPv4() : from.Address, from.Port);
                socket.SendTo(bytes.AsSpan(0, length), SocketFlags.None, source);
            }
        }
        catch (SocketException)
        {
            // Closed by DisposeAsync.
        }
        catch (ObjectDisposedException)
        {
            // The same, between two calls.
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        thread.Join();
        return ValueTask.CompletedTask;
    }
}
