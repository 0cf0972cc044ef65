using System.Net;
using System.Net.Sockets;

namespace Netronome.Interop.Tests;

/// <summary>
/// A TCP port of the loopback that was free a moment ago and is handed out once in this process. Inside a lab host every
/// port is free; there a test simply names one.
/// </summary>
static class FreePort
{
    static readonly HashSet<int> Given = [];

    internal static int Next()
    {
        while (true)
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
            lock (Given)
            {
                if (Given.Add(port))
                {
                    return port;
                }
            }
        }
    }
}
