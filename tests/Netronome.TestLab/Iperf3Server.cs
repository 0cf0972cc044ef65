using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Netronome.TestLab;

/// <summary>
/// The real <c>iperf3 -s</c> of the system on a free port, writing its JSON reports; killed by its process id when disposed.
/// </summary>
public sealed class Iperf3Server : IAsyncDisposable
{
    // tcp_states.h: TCP_LISTEN, as /proc/net/tcp prints it.
    const string Listening = "0A";

    readonly Process process;
    readonly Task<string> output;
    readonly Task<string> error;

    Iperf3Server(Process process, int port)
    {
        this.process = process;
        Port = port;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Null when iperf3 is there; otherwise what to install.</summary>
    public static string? Missing => Path is null ? "iperf3 is not installed (Debian: apt-get install iperf3)" : null;

    /// <summary>Where iperf3 is; null when it is not installed.</summary>
    public static string? Path => Tool.Find("iperf3");

    /// <summary>The port it listens on, IPv4 and IPv6.</summary>
    public int Port { get; }

    /// <summary>Starts the server and returns when it listens.</summary>
    /// <param name="oneTest">It ends after one test (<c>-1</c>), so that <see cref="ReportAsync"/> can be read to its end.</param>
    public static async Task<Iperf3Server> StartAsync(bool oneTest = true)
    {
        if (Missing is { } missing)
            throw new LabException(missing);
        var port = FreePort();
        string[] arguments = ["-s", "-J", "-p", port.ToString(CultureInfo.InvariantCulture), .. oneTest ? new[] { "-1" } : []];
        var start = new ProcessStartInfo(Path!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var server = new Iperf3Server(Process.Start(start)!, port);
        try
        {
            await server.WaitUntilListeningAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The report of the one test that it served.</summary>
    public async Task<JsonDocument> ReportAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return JsonDocument.Parse(await output.WaitAsync(limit.Token));
    }

    /// <summary>Ends the server at once, in the middle of whatever it does.</summary>
    public void Kill() => process.Kill();

    /// <summary>Ends the server if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
        socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>The kernel's table tells, because a trial connection would take the server's only place.</summary>
    async Task WaitUntilListeningAsync()
    {
        var mark = $":{Port:X4} ";
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!IsListening(mark))
        {
            if (process.HasExited)
                throw new LabException($"iperf3 -s ended at once: {await error}{await output}");
            await ticks.WaitForNextTickAsync(limit.Token);
        }
    }

    // "  0: 00000000000000000000000000000000:1451 00000000000000000000000000000000:0000 0A …"
    static bool IsListening(string mark) =>
        new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines).Any(line =>
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var local, _, Listening, ..]
            && (local + " ").EndsWith(mark, StringComparison.Ordinal));
}
