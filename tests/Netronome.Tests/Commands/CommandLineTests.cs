using System.Text.Json;

namespace Netronome.Tests.Commands;

public sealed class CommandLineTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("netronome-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    public static TheoryData<string> HelpOf =>
        ["", "serve", "ping", "iperf3", "generate-config", "config", "config check", "config show", "create-user", "change-password", "version"];

    [Theory]
    [MemberData(nameof(HelpOf))]
    public async Task Help_goes_to_standard_output_fits_80_columns_and_ends_with_0(string verb)
    {
        var result = await NetronomeProgram.RunAsync(folder, [.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
        Assert.All(result.Output.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public async Task Without_a_verb_it_prints_help()
    {
        var bare = await NetronomeProgram.RunAsync(folder);
        Assert.Equal(0, bare.ExitCode);
        foreach (var verb in (string[])["serve", "ping", "iperf3", "generate-config", "config", "create-user", "change-password", "version"])
            Assert.Contains($"  {verb}", bare.Output, StringComparison.Ordinal);

        var withConfig = await NetronomeProgram.RunAsync(folder, "--config=/etc/n.toml");
        Assert.Equal((64, "netronome: no verb given; did you mean 'netronome serve --config /etc/n.toml'?\n"), (withConfig.ExitCode, withConfig.Error));
    }

    [Theory]
    [InlineData("versoin", "netronome: unknown verb 'versoin'; did you mean 'version'?")]
    [InlineData("ping --cuont 3 127.0.0.1", "netronome ping: unknown option '--cuont'; did you mean '--count'?")]
    [InlineData("version --jsn", "netronome version: unknown option '--jsn'; did you mean '--json'?")]
    [InlineData("config chek", "netronome config: unknown verb 'chek'; did you mean 'check'?")]
    [InlineData("version extra", "netronome version: unexpected argument 'extra'")]
    [InlineData("create-user", "netronome create-user: ")]
    [InlineData("config", "netronome config: ")]
    [InlineData("version --color=purple", "netronome version: ")]
    public async Task A_faulty_command_line_says_what_was_meant_and_ends_with_64(string line, string expected)
    {
        var result = await NetronomeProgram.RunAsync(folder, line.Split(' '));

        Assert.Equal((64, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(expected, result.Error, StringComparison.Ordinal);
        Assert.Contains(" --help'.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_prints_the_contracts_lines_one_line_or_json()
    {
        var lines = await NetronomeProgram.RunAsync(folder, "version");
        Assert.Matches(@"\Anetronome version: \d+\.\d+\.\d+\n(Git commit: [0-9a-f]+\n)?(Build time: .+\n)?Runtime: \.NET .+\nOS/Arch: [a-z]+/[a-z0-9]+\n\z", lines.Output);

        var line = await NetronomeProgram.RunAsync(folder, "--version");
        Assert.Matches(@"\Anetronome \d+\.\d+\.\d+ \(.*\.NET .+\)\n\z", line.Output);

        var json = await NetronomeProgram.RunAsync(folder, "version", "--json");
        using var document = JsonDocument.Parse(json.Output);
        Assert.Matches(@"^\d+\.\d+\.\d+$", document.RootElement.GetProperty("version").GetString());
        Assert.Equal((0, 0, 0), (lines.ExitCode, line.ExitCode, json.ExitCode));
    }

    [Fact]
    public async Task A_reader_that_goes_away_ends_the_program_quietly()
    {
        // The shell gives the code of the first of the two; head closes after one line of many.
        var shell = await TestLab.RunningProgram.RunAsync(new("/bin/bash", "-c",
            $"'{Path.Combine(AppContext.BaseDirectory, "netronome")}' config show | head -c 10 >/dev/null; exit ${{PIPESTATUS[0]}}")
        { WorkingFolder = folder });

        Assert.Equal("", shell.Error);
        Assert.Contains(shell.ExitCode, (int[])[0, 141]);
        var closed = await TestLab.RunningProgram.RunAsync(new("/bin/bash", "-c",
            $"'{Path.Combine(AppContext.BaseDirectory, "netronome")}' config show > >(exec <&-; sleep 5); exit $?")
        { WorkingFolder = folder });
        Assert.DoesNotContain("Exception", closed.Error, StringComparison.Ordinal);
    }
}
