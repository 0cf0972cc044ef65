using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Netronome.Commands;
using Netronome.Output;

namespace Netronome.Tests.Iperf3;

/// <summary>What the verb says and how it ends when nothing can be measured.</summary>
public class Iperf3UsageTests
{
    [Theory]
    [InlineData(64, "--client")]
    [InlineData(64, "looks like an option", "-c", "-c")]
    [InlineData(64, "1 to 253 characters", "-c", "")]
    [InlineData(64, "not a name or an address", "-c", "a b")]
    [InlineData(64, "port", "-c", "h", "-p", "0")]
    [InlineData(64, "port", "-c", "h", "-p", "70000")]
    [InlineData(64, "parallel", "-c", "h", "-P", "129")]
    [InlineData(64, "'abc' is not a time for --time", "-c", "h", "-t", "abc")]
    [InlineData(64, "'-5s' is not a time for --time", "-c", "h", "-t", "-5s")]
    [InlineData(64, "time must be above 0", "-c", "h", "-t", "0")]
    [InlineData(64, "0.1 to 60", "-c", "h", "-i", "10ms")]
    [InlineData(64, "not an amount for --bitrate", "-c", "h", "-b", "fast")]
    [InlineData(64, "not a unit", "-c", "h", "-f", "x")]
    [InlineData(64, "not an address", "-c", "h", "-B", "eth0")]
    [InlineData(64, "unknown option '--paralel'; did you mean '--parallel'?", "-c", "h", "--paralel", "4")]
    [InlineData(68, "not known to the name service", "-c", "no-such-name.invalid")]
    public async Task Bad_input_is_named_and_has_its_exit_code(int exitCode, string sentence, params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);

        Assert.Equal(exitCode, code);
        Assert.Contains(sentence, error);
        Assert.DoesNotContain("   at ", error);
        if (exitCode is 64)
            Assert.Empty(output);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("-J")]
    public async Task A_refused_connection_is_a_document_too(string format)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;

        var (code, output, error) = await RunAsync("-c", "127.0.0.1", $"-p{port}", format);

        Assert.Equal(69, code);
        Assert.Contains("refused", error);
        var document = JsonDocument.Parse(output).RootElement;
        var said = document.GetProperty("error");
        Assert.Contains("refused", format is "-J" ? said.GetString() : said.GetProperty("message").GetString());
        Assert.Equal(0, document.GetProperty("intervals").GetArrayLength());
        if (format is "-J")
            Assert.Equal("refused", document.GetProperty("netronome").GetProperty("failure").GetString());
        else
            Assert.Equal("refused", said.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Stopping_before_there_is_a_result_ends_as_a_signal_does()
    {
        var (code, _, _) = await RunAsync(new CancellationToken(canceled: true), "-c", "127.0.0.1");

        Assert.Equal(130, code);
    }

    static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        RunAsync(CancellationToken.None, arguments);

    static async Task<(int Code, string Output, string Error)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(TextReader.Null, output, error, TimeProvider.System);
        var root = new RootCommand { Iperf3Command.Create(terminal) };
        var code = await CommandLine.RunAsync(root, ["iperf3", .. arguments], terminal, cancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
