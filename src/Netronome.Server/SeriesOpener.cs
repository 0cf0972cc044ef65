using Microsoft.Extensions.Logging;
using Netronome.Server.Database;
using Netronome.Server.Health;
using Netronome.Server.Monitors;
using Netronome.Server.Series;

namespace Netronome.Server;

/// <summary>Opens the series store once the schema is there, and joins it to those who hear of what it commits.</summary>
sealed partial class SeriesOpener(
    SeriesAccess access, IDatabase database, SchemaLoop schema, MonitorFeed monitors, ServerOptions options, TimeProvider time,
    ILoggerFactory logging, ILogger<SeriesOpener> logger)
{
    static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await schema.Migrated.WaitAsync(cancellationToken);
        while (access.Store is null)
        {
            try
            {
                access.Opened(await SeriesStore.OpenAsync(
                    database, options.Series with { Committed = monitors.Committed }, time, logging.CreateLogger<SeriesStore>(),
                    cancellationToken));
            }
            catch (DatabaseException exception)
            {
                LogWaiting(exception.Message);
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The series store can't be opened yet: {Reason}")]
    partial void LogWaiting(string reason);
}
