using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Netronome.Configuration;
using Netronome.Output;

namespace Netronome.Commands;

/// <summary><c>netronome generate-config</c>: writes a configuration file that says what every key means.</summary>
static class GenerateConfigCommand
{
    const string Verb = "generate-config";

    public static Command Create(Terminal terminal)
    {
        var config = ConfigOption.Create();
        config.Description = "File to write (default: the first usual place that can be written)";
        var command = new Command(Verb, "Write a configuration file with every key, its meaning and its default") { config };
        command.SetAction(parse => Run(terminal, ConfigSources.OfProcess(ConfigOption.Read(parse, config))));
        return command;
    }

    static int Run(Terminal terminal, ConfigSources sources)
    {
        string[] places = sources.File is { } named
            ? [sources.Absolute(named)]
            : [.. sources.UsualFiles().Where(path => !path.StartsWith("/etc/", StringComparison.Ordinal))];
        // The first that exists is the one that serve reads: a second file would never be looked at.
        if (places.FirstOrDefault(Path.Exists) is { } existing)
            return terminal.Fail(Verb, $"config file already exists at {existing}", ExitCode.CannotCreate);
        var text = ConfigTemplate.Write(OwnValues());
        var faults = new List<string>();
        foreach (var path in places)
        {
            try
            {
                WriteFile(path, text);
                terminal.Out.WriteLine($"Configuration file created at {path}");
                return ExitCode.Success;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                faults.Add(fault.Message);
            }
        }
        return terminal.Fail(Verb, string.Join("; ", faults), ExitCode.CannotCreate);
    }

    static Dictionary<ConfigKey, string> OwnValues()
    {
        var values = new Dictionary<ConfigKey, string> { [ConfigKeys.SessionSecret] = RandomNumberGenerator.GetHexString(64, lowercase: true) };
        if (ContainerTraces.AreThere())
            values[ConfigKeys.ServerHost] = "0.0.0.0";
        return values;
    }

    static void WriteFile(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
