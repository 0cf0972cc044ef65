using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Netronome.Commands;
using Netronome.Output;
using Netronome.TestLab;

namespace Netronome.Interop.Tests.Iperf3;

/// <summary><c>netronome iperf3</c> beside the real client against the real server.</summary>
public class Iperf3CommandTests
{
    [Iperf3Theory]
    [InlineData("-P", "2")]
    [InlineData("-R", "-P", "2")]
    [InlineData("-O", "1", "-b", "50M")]
    public async Task The_document_of_dash_J_has_iperf3s_keys_and_kinds_and_nothing_else_of_its_own(params string[] more)
    {
        await using var server = await Iperf3Server.StartAsync(oneTest: false);
        string[] arguments = ["-c", "127.0.0.1", "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-t", "1", "-i", "0.5", "-J", .. more];

        var theirs = Shape(JsonDocument.Parse(await RealAsync(arguments)).RootElement);
        var (exitCode, output, _) = await OursAsync(arguments);
        var ours = Shape(JsonDocument.Parse(output).RootElement);

        Assert.Equal(0, exitCode);
        Assert.Empty(theirs.Except(ours));
        Assert.All(ours.Except(theirs), extra => Assert.StartsWith(".netronome.", extra));
    }

    [Iperf3Fact]
    public async Task The_table_has_iperf3s_lines()
    {
        await using var server = await Iperf3Server.StartAsync();
        string[] arguments = ["-c", "127.0.0.1", "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-t", "1", "-f", "m"];

        var (exitCode, output, error) = await OursAsync(arguments);

        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        Assert.Matches(
            """
            \AConnecting to host 127\.0\.0\.1, port \d+
            \[ *\d+\] local 127\.0\.0\.1 port \d+ connected to 127\.0\.0\.1 port \d+
            \[ ID\] Interval           Transfer     Bitrate         Retr  Cwnd
            \[ *\d+\]   0\.00-1\.\d\d   sec  [ .\d]{4} GBytes  \d+ Mbits/sec  [ \d]{3}   [ .\d]{4} [KM]Bytes {7}
            (- ){25}
            \[ ID\] Interval           Transfer     Bitrate         Retr
            \[ *\d+\]   0\.00-1\.\d\d   sec  [ .\d]{4} GBytes  \d+ Mbits/sec  [ \d]{3}             sender
            \[ *\d+\]   0\.00-1\.\d\d   sec  [ .\d]{4} GBytes  \d+ Mbits/sec {18}receiver

            iperf Done\.
            \z
            """.Replace("(- ){25}", "(- ){24}-", StringComparison.Ordinal),
            output);
    }

    [Iperf3Fact]
    public async Task Our_own_document_names_its_units()
    {
        await using var server = await Iperf3Server.StartAsync();
        string[] arguments =
            ["-c", "127.0.0.1", "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-t", "1", "-R", "-P", "2", "--json"];

        var (exitCode, output, _) = await OursAsync(arguments);
        using var report = await server.ReportAsync();
        var document = JsonDocument.Parse(output).RootElement;

        Assert.Equal(0, exitCode);
        Assert.Equal("download", document.GetProperty("direction").GetString());
        Assert.Equal(
            report.RootElement.GetProperty("end").GetProperty("sum_sent").GetProperty("bytes").GetInt64(),
            document.GetProperty("sent").GetProperty("bytes").GetInt64());
        Assert.True(document.GetProperty("received").GetProperty("bitsPerSecond").GetDouble() > 1e6);
        Assert.Equal(2, document.GetProperty("perStream").GetArrayLength());
        Assert.Equal(1, document.GetProperty("intervals").GetArrayLength());
        Assert.False(document.TryGetProperty("error", out _));
    }

    [Iperf3Fact]
    public async Task Events_come_one_a_line()
    {
        await using var server = await Iperf3Server.StartAsync();
        string[] arguments =
            ["-c", "127.0.0.1", "-p", server.Port.ToString(CultureInfo.InvariantCulture), "-t", "1", "-i", "0.5", "--json-stream"];

        var (_, output, _) = await OursAsync(arguments);

        var names = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString());
        Assert.Equal(["start", "interval", "interval", "end"], names);
    }

    /// <summary>Every path with the kind of its value; arrays count as one element.</summary>
    static HashSet<string> Shape(JsonElement element, string path = "") => element.ValueKind switch
    {
        JsonValueKind.Object => [.. element.EnumerateObject().SelectMany(it => Shape(it.Value, $"{path}.{it.Name}"))],
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(it => Shape(it, path + "[]"))],
        JsonValueKind.True or JsonValueKind.False => [path + " flag"],
        var kind => [$"{path} {kind}"],
    };

    static async Task<string> RealAsync(string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Iperf3Server.Path!, arguments) { RedirectStandardOutput = true })!;
        return await process.StandardOutput.ReadToEndAsync();
    }

    static async Task<(int ExitCode, string Output, string Error)> OursAsync(string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(TextReader.Null, output, error, TimeProvider.System);
        var root = new RootCommand { Iperf3Command.Create(terminal) };
        var exitCode = await CommandLine.RunAsync(root, ["iperf3", .. arguments], terminal, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }
}
