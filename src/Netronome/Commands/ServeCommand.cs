using System.CommandLine;
using Microsoft.Extensions.Logging;
using Netronome.Configuration;
using Netronome.Output;
using Netronome.Server;
using Netronome.Server.Logging;

namespace Netronome.Commands;

/// <summary><c>netronome serve</c>: runs the server until SIGTERM or SIGINT.</summary>
static partial class ServeCommand
{
    const string Verb = "serve";

    public static Command Create(Terminal terminal)
    {
        var config = ConfigOption.Create();
        var logFormat = new Option<string>("--log-format") { Description = "Form of log lines: auto, logfmt, json or journald", HelpName = "form" };
        logFormat.AcceptOnlyFromAmong("auto", "logfmt", "json", "journald");
        var command = new Command(Verb, "Run the server: monitors, speed tests, the page and its API") { config, logFormat };
        command.SetAction((parse, cancellationToken) =>
            RunAsync(terminal, ConfigOption.Read(parse, config), parse.GetValue(logFormat), cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(Terminal terminal, string? file, string? logFormat, CancellationToken cancellationToken)
    {
        var reading = ConfigLoader.Load(ConfigSources.OfProcess(file));
        if (reading.Faults.Count > 0)
            return ConfigFaults.Report(terminal, Verb, reading);
        var options = ServerMapping.Map(reading.Config);
        if (logFormat is not null)
            options = options with { LogFormat = ServerMapping.ReadLogFormat(logFormat) };
        LogConfiguration(options, reading, terminal.Time);
        var result = await ServerHost.RunAsync(options, cancellationToken);
        return result.Failure switch
        {
            null => ExitCode.Success,
            ServerFailure.Database => terminal.Fail(Verb, result.Message ?? "", ExitCode.InputOutput),
            _ => terminal.Fail(Verb, result.Message ?? "", ExitCode.Unavailable),
        };
    }

    static void LogConfiguration(ServerOptions options, ConfigReading reading, TimeProvider time)
    {
        if (options.LogLevel > LogLevel.Information)
            return;
        using var provider = LineLoggerProvider.ForStandardError(options.LogFormat, time);
        var logger = provider.CreateLogger("Configuration");
        if (reading.Config.File is { } file)
            LogFile(logger, file);
        else
            LogNoFile(logger);
        // One line for each kind of notice: a file of the original holds dozens of keys.
        foreach (var kind in reading.Notices.GroupBy(notice => notice.Reason))
        {
            var keys = string.Join(", ", kind.Select(notice => notice.Key ?? notice.File));
            LogNotice(logger, keys, kind.Key);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Configuration read from {File}")]
    static partial void LogFile(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Information, Message = "No configuration file found; defaults and variables hold")]
    static partial void LogNoFile(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Keys}: {Notice}")]
    static partial void LogNotice(ILogger logger, string keys, string notice);
}
