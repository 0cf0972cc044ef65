using Microsoft.Extensions.Logging;
using Netronome.Server.Logging;

namespace Netronome.Server;

/// <summary>Logs to standard error, one line an event, in the configured form.</summary>
static class ServerLogging
{
    public static ILoggerFactory Create(ServerOptions options) => LoggerFactory.Create(builder =>
    {
        builder.SetMinimumLevel(options.LogLevel);
        // What the framework has to say per request belongs to a trace.
        builder.AddFilter("Microsoft", options.LogLevel <= LogLevel.Debug ? LogLevel.Information : LogLevel.Warning);
        builder.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        builder.AddProvider(LineLoggerProvider.ForStandardError(options.LogFormat, TimeProvider.System));
    });
}
