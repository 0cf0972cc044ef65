using System.CommandLine;
using System.Text.Json;
using Netronome.Configuration;
using Netronome.Output;

namespace Netronome.Commands;

/// <summary><c>netronome config</c>: what is wrong with a configuration, and what is in force.</summary>
static class ConfigCommand
{
    public static Command Create(Terminal terminal) =>
        new("config", "Check the configuration, or show what is in force") { CreateCheck(terminal), CreateShow(terminal) };

    static Command CreateCheck(Terminal terminal)
    {
        var config = ConfigOption.Create();
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var command = new Command("check", "Report every fault at once; exit 78 if there is one") { config, json };
        command.SetAction(parse =>
        {
            var reading = ConfigLoader.Load(ConfigSources.OfProcess(ConfigOption.Read(parse, config)));
            if (parse.GetValue(json))
                terminal.Out.WriteLine(JsonSerializer.Serialize(
                    new ConfigReport(reading.Faults.Count == 0, reading.Config.File, reading.Faults, reading.Notices), CliJson.Readable.ConfigReport));
            else
                PrintCheck(terminal, reading);
            return reading.Faults.Count == 0 ? ExitCode.Success : ExitCode.Configuration;
        });
        return command;
    }

    static Command CreateShow(Terminal terminal)
    {
        var config = ConfigOption.Create();
        var origin = new Option<bool>("--origin") { Description = "Say beside each value where it comes from" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var command = new Command("show", "Print every value in force; secrets are masked") { config, origin, json };
        command.SetAction(parse =>
        {
            var reading = ConfigLoader.Load(ConfigSources.OfProcess(ConfigOption.Read(parse, config)));
            if (reading.Faults.Count > 0)
                return ConfigFaults.Report(terminal, "config show", reading);
            if (parse.GetValue(json))
                PrintJson(terminal, reading.Config);
            else
                PrintValues(terminal, reading.Config, parse.GetValue(origin));
            return ExitCode.Success;
        });
        return command;
    }

    static void PrintCheck(Terminal terminal, ConfigReading reading)
    {
        foreach (var notice in reading.Notices)
            terminal.Fail("config check", $"notice: {notice}", ExitCode.Success);
        ConfigFaults.Report(terminal, "config check", reading);
        var where = reading.Config.File ?? "no file found; defaults and variables";
        if (reading.Faults.Count == 0)
            terminal.Out.WriteLine($"{where}: no faults");
    }

    static void PrintValues(Terminal terminal, NetronomeConfig config, bool withOrigin)
    {
        foreach (var section in InForce(config).GroupBy(value => value.Key.Section))
        {
            terminal.Out.WriteLine($"[{section.Key}]");
            foreach (var value in section)
                terminal.Out.WriteLine($"{value.Key.Name} = {value.Shown}{(withOrigin ? $"  # {value.Origin}" : "")}");
            terminal.Out.WriteLine();
        }
    }

    static void PrintJson(Terminal terminal, NetronomeConfig config)
    {
        var values = InForce(config).Select(value => new ConfigShownValue(value.Key.Path, value.Shown, value.Origin.ToString()!)).ToArray();
        terminal.Out.WriteLine(JsonSerializer.Serialize(values, CliJson.Readable.ConfigShownValueArray));
    }

    // Former names are shown as what they set.
    static IEnumerable<ConfigValue> InForce(NetronomeConfig config) =>
        config.Values.Where(value => value.Key.Effect is not (ConfigEffect.Deprecated or ConfigEffect.Removed));
}
