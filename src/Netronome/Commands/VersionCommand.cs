using System.CommandLine;
using System.Text.Json;
using Netronome.Output;

namespace Netronome.Commands;

/// <summary><c>netronome version</c>: the lines the original prints, with our runtime in place of Go's.</summary>
static class VersionCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var command = new Command("version", "Print the version, commit, runtime and platform") { json };
        command.SetAction(parse =>
        {
            var version = ProgramVersion.Current;
            if (parse.GetValue(json))
                terminal.Out.WriteLine(JsonSerializer.Serialize(version, CliJson.Readable.ProgramVersion));
            else
                Print(terminal.Out, version);
            return ExitCode.Success;
        });
        return command;
    }

    static void Print(TextWriter output, ProgramVersion version)
    {
        output.WriteLine($"netronome version: {version.Version}");
        if (version.Commit is not null)
            output.WriteLine($"Git commit: {version.Commit}");
        if (version.BuildTime is not null)
            output.WriteLine($"Build time: {version.BuildTime}");
        output.WriteLine($"Runtime: {version.Runtime}");
        output.WriteLine($"OS/Arch: {version.OsArch}");
    }
}
