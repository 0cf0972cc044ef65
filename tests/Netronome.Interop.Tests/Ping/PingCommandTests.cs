using System.Text.RegularExpressions;
using Netronome.TestLab;

namespace Netronome.Interop.Tests.Ping;

/// <summary>Habits of the command line: exit codes, the lines that scripts look for, signals.</summary>
public sealed partial class PingCommandTests : IDisposable
{
    const int SignalInterrupt = 2;
    const int SignalQuit = 3;

    readonly Lab lab = Lab.Create();
    readonly LabHost host;

    public PingCommandTests() => host = lab.AddHost("host");

    public void Dispose() => lab.Dispose();

    static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token;

    [Theory]
    [InlineData("-c", 64)]
    [InlineData("", 64)]
    [InlineData("a b", 64)]
    [InlineData("localhost;reboot", 64)]
    [InlineData("snow☃man", 64)]
    [InlineData("300", 64)]
    [InlineData("bücher.invalid", 68)]
    [InlineData("nothing.invalid", 68)]
    public async Task Bad_host_names_are_told_apart_from_names_that_do_not_resolve(string name, int exitCode)
    {
        if (name == "300")
            name = new string('a', 300);
        var result = await PingAsync("-c", "1", "--", name);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.StartsWith("netronome ping: ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("-c", "0")]
    [InlineData("-i", "0")]
    [InlineData("-i", "-5s")]
    [InlineData("-i", "abc")]
    [InlineData("-W", "0")]
    [InlineData("-s", "15")]
    [InlineData("-s", "65508")]
    [InlineData("-t", "0")]
    [InlineData("-t", "256")]
    [InlineData("--dscp", "64")]
    [InlineData("--dscp", "gold")]
    public async Task Values_out_of_bounds_are_wrong_usage(string option, string value)
    {
        var result = await PingAsync("-c", "1", option, value, "127.0.0.1");
        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.NotEmpty(result.Error);
    }

    [Fact]
    public async Task No_host_is_wrong_usage() => Assert.Equal(64, (await PingAsync("-c", "1")).ExitCode);

    [Fact]
    public async Task A_source_or_interface_that_is_not_there_could_not_be_measured()
    {
        var result = await host.RunAsync(PingOutput.Json("-c", "1", "-I", "192.0.2.7", "127.0.0.1"), Soon);
        Assert.Equal((2, "sourceNotAvailable"), (result.ExitCode, result.Targets()[0].Text("reason")));
        result = await host.RunAsync(PingOutput.Json("-c", "1", "-I", "eth99", "127.0.0.1"), Soon);
        Assert.Equal((2, "interfaceNotFound"), (result.ExitCode, result.Targets()[0].Text("reason")));
        result = await host.RunAsync(PingOutput.Json("-c", "1", "192.0.2.1"), Soon);
        Assert.Equal((2, 1), (result.ExitCode, result.Targets()[0].GetProperty("lossReasons").GetProperty("networkUnreachable").GetInt32()));
    }

    [Fact]
    public async Task The_closing_lines_have_the_shape_of_ping()
    {
        var ours = Lines(await PingAsync("-c", "3", "-i", "0.1", "127.0.0.1"));
        var theirs = Lines(await host.RunAsync(new ProgramCommand("ping", "-c", "3", "-i", "0.1", "127.0.0.1"), Soon));
        // Every number alike, so that what differs is the shape; ping prints a blank line before the summary as we do.
        Assert.Equal(theirs.Select(Shape), ours.SkipLast(1).Select(Shape));
        Assert.Matches(@"^rtt p50/p95/jitter = \d+\.\d{3}/\d+\.\d{3}/\d+\.\d{3} ms$", ours[^1]);

        static string[] Lines(ProgramResult result) => result.Succeeded().Output.TrimEnd('\n').Split('\n');
        static string Shape(string line) => Number().Replace(line, "0");
    }

    [Fact]
    public async Task Lost_probes_give_exit_code_1_and_100_percent()
    {
        host.Nft("table inet t { chain c { type filter hook input priority 0; icmp type echo-request drop; icmpv6 type echo-request drop; }; }");
        var result = await PingAsync("-c", "2", "-i", "0.1", "-W", "0.2", "127.0.0.1", "::1");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(2, result.Output.Split("2 packets transmitted, 0 received, 100% packet loss, time ").Length - 1);
        Assert.DoesNotContain("rtt", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_both_families_and_several_targets_at_once()
    {
        var result = await host.RunAsync(PingOutput.Json("-c", "2", "-i", "0.1", "-6", "localhost", "::1"), Soon);
        Assert.All(result.Succeeded().Targets(), target => Assert.Equal(("ipv6", "::1", 2), (target.Text("family"), target.Text("address"), target.Count("received"))));
        result = await host.RunAsync(PingOutput.Json("-c", "2", "-i", "0.1", "-4", "localhost", "::1", "nothing.invalid"), Soon);
        Assert.Equal(68, result.ExitCode);
        var targets = result.Targets();
        Assert.Equal(("127.0.0.1", 2), (targets[0].Text("address"), targets[0].Count("received")));
        Assert.All(targets.Skip(1), target => Assert.Equal("nameNotResolved", target.Text("reason")));
    }

    [Fact]
    public async Task Interrupt_ends_with_the_summary_and_quit_tells_how_it_stands()
    {
        await using var program = host.Start(NetronomeProgram.Command("ping", "-i", "0.1", "127.0.0.1"));
        await program.LineAsync(line => line.Contains("icmp_seq=3 ", StringComparison.Ordinal), Soon);
        program.Signal(SignalQuit);
        var interim = await program.ErrorLineAsync(line => line.Contains(" packets, ", StringComparison.Ordinal), Soon);
        Assert.Matches(@"^\d+/\d+ packets, 0% loss, min/avg/p95/max = ", interim);
        var seen = program.Output.Length;
        await program.LineAsync(line => line.Contains("icmp_seq=8 ", StringComparison.Ordinal), Soon);
        Assert.True(program.Output.Length > seen);
        program.Signal(SignalInterrupt);
        var result = await program.WaitAsync(Soon);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("--- 127.0.0.1 ping statistics ---", result.Output, StringComparison.Ordinal);
        Assert.Contains(" 0% packet loss", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deadline_ends_the_run_and_wants_all_of_a_count()
    {
        Assert.Equal(0, (await PingAsync("-q", "-i", "0.1", "-w", "0.5", "127.0.0.1")).ExitCode);
        Assert.Equal(1, (await PingAsync("-q", "-c", "100", "-i", "0.1", "-w", "0.5", "127.0.0.1")).ExitCode);
    }

    [Fact]
    public async Task Sizes_from_the_smallest_to_the_largest_come_back()
    {
        foreach (var size in (string[])["16", "17", "1472", "1473", "9000", "65507"])
        {
            var result = await host.RunAsync(PingOutput.Json("-c", "2", "-i", "0.1", "-s", size, "127.0.0.1", "::1"), Soon);
            Assert.All(result.Succeeded().Targets(), target => Assert.Equal((2, 0), (target.Count("received"), target.Count("corrupted"))));
        }
    }

    [Fact]
    public async Task Hosts_may_come_from_a_file()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("hosts"), "# two\n127.0.0.1\n\n::1\n", Soon);
        var result = await host.RunAsync(PingOutput.Json("-c", "1", "-f", folder.File("hosts")), Soon);
        Assert.Equal(2, result.Succeeded().Targets().Count);
        Assert.Equal(64, (await PingAsync("-f", folder.File("none"))).ExitCode);
    }

    Task<ProgramResult> PingAsync(params string[] arguments) => host.RunAsync(NetronomeProgram.Command(["ping", .. arguments]), Soon);

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();
}
