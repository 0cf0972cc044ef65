using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Netronome.Server;

/// <summary>Logs to stderr, one line an event: with journald's level prefix under systemd, otherwise with the time.</summary>
static class ServerLogging
{
    public static ILoggerFactory Create(ServerOptions options) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(options.LogLevel);
        // What the framework has to say per request belongs to a trace.
        builder.AddFilter("Microsoft", options.LogLevel <= LogLevel.Debug ? LogLevel.Information : LogLevel.Warning);
        builder.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        builder.AddSystemdConsole();
        builder.AddSimpleConsole(simple =>
        {
            simple.SingleLine = true;
            simple.UseUtcTimestamp = true;
            simple.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        // Each of the two calls above chooses itself; the last word is here.
        builder.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = IsUnderJournal ? ConsoleFormatterNames.Systemd : ConsoleFormatterNames.Simple;
        });
    });

    static bool IsUnderJournal => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("JOURNAL_STREAM"));
}
