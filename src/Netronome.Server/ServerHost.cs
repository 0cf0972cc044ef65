using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Netronome.Server.Accounts;
using Netronome.Server.Database;
using Netronome.Server.Health;
using Netronome.Server.Monitors;
using Netronome.Server.Series;
using Netronome.Server.SpeedTests;

namespace Netronome.Server;

/// <summary>Puts the slices together and runs them: this and <see cref="ServerWeb"/> are the only places that see them all.</summary>
public sealed partial class ServerHost : IAsyncDisposable
{
    static readonly TimeSpan Drain = TimeSpan.FromSeconds(10);

    readonly WebApplication _app;
    readonly ILogger _logger;
    readonly CancellationTokenSource _stop = new();
    readonly List<Task> _loops = [];
    int _stopped;

    ServerHost(WebApplication app, ILogger logger) => (_app, _logger) = (app, logger);

    /// <summary>Every change of the schema, of all slices.</summary>
    internal static IReadOnlyList<Migration> Migrations { get; } =
    [
        .. SeriesStore.Migrations,
        UserStore.Migration,
        ServerLives.Migration,
        IperfServerStore.Migration,
        SpeedRunStore.Migration,
        MonitorStore.Migration,
    ];

    /// <summary>Where it listens, with the port that was taken.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    internal IServiceProvider Services => _app.Services;

    /// <summary>Runs a server until cancelled.</summary>
    public static async Task<ServerResult> RunAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var host = await StartAsync(options, new ServerSeams(), cancellationToken);
            host.LogListening(host.Address, options.BasePath + "/");
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = cancellationToken.Register(stopped.SetResult);
            await stopped.Task;
            return ServerResult.Stopped;
        }
        catch (ServerStartException exception)
        {
            return new ServerResult(exception.Failure, exception.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ServerResult.Stopped;
        }
    }

    /// <summary>Starts a server; it runs until disposed.</summary>
    /// <exception cref="ServerStartException">It can't listen, or can't use its database.</exception>
    public static async Task<ServerHost> StartAsync(ServerOptions options, ServerSeams seams, CancellationToken cancellationToken)
    {
        var logging = ServerLogging.Create(options);
        try
        {
            var database = await OpenDatabaseAsync(options, seams.Time, logging, cancellationToken);
            var app = ServerWeb.Build(options, seams, database, logging);
            var host = new ServerHost(app, logging.CreateLogger<ServerHost>());
            try
            {
                await app.Services.GetRequiredService<SchemaLoop>().MigrateAsync(cancellationToken);
                await host.ListenAsync(options, cancellationToken);
                host.StartLoops();
                return host;
            }
            catch
            {
                await host.DisposeAsync();
                throw;
            }
        }
        catch (DatabaseException exception)
        {
            throw new ServerStartException(ServerFailure.Database, exception.Message, exception);
        }
    }

    /// <summary>Takes no new requests, ends the loops, saves what is pending, closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        using var drain = new CancellationTokenSource(Drain, TimeProvider.System);
        await _app.StopAsync(drain.Token);
        await _stop.CancelAsync();
        try
        {
            await Task.WhenAll(_loops).WaitAsync(Drain, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // What is measured is saved all the same; a stuck peer must not keep the server from ending.
            LogStuck(Drain.TotalSeconds);
        }

        await _app.Services.GetRequiredService<ServerLives>().SignAsync(drain.Token);
        await _app.Services.GetRequiredService<IcmpSource>().DisposeAsync();
        await _app.Services.GetRequiredService<SeriesAccess>().DisposeAsync();
        await _app.Services.GetRequiredService<IDatabase>().DisposeAsync();
        LogStopped();
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    internal static async Task<IDatabase> OpenDatabaseAsync(
        ServerOptions options, TimeProvider time, ILoggerFactory logging, CancellationToken cancellationToken) => options.Postgres is { } postgres
        ? await PostgresDatabase.OpenAsync(postgres, time, logging.CreateLogger<PostgresDatabase>(), cancellationToken)
        : await SqliteDatabase.OpenAsync(options.SqlitePath, time, logging.CreateLogger<SqliteDatabase>(), cancellationToken);

    async Task ListenAsync(ServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new ServerStartException(
                ServerFailure.Listen, $"Can't listen on {options.Host} port {options.Port}: another program does already.", exception);
        }
        catch (SocketException exception)
        {
            var reason = exception.SocketErrorCode switch
            {
                SocketError.AccessDenied => "this program may not; ports below 1024 need CAP_NET_BIND_SERVICE",
                SocketError.AddressNotAvailable => "the address is not one of this machine",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the name could not be resolved",
                _ => exception.Message,
            };
            throw new ServerStartException(ServerFailure.Listen, $"Can't listen on {options.Host} port {options.Port}: {reason}.", exception);
        }
    }

    void StartLoops()
    {
        var services = _app.Services;
        Start("database", services.GetRequiredService<SchemaLoop>().RunAsync);
        Start("series", services.GetRequiredService<SeriesOpener>().RunAsync);
        Start("server lives", services.GetRequiredService<ServerLives>().RunAsync);
        Start("monitors", services.GetRequiredService<MonitorRunner>().RunAsync);
        Start("speed tests", services.GetRequiredService<SpeedTestRunner>().RunAsync);
        Start("status", services.GetRequiredService<StatusBoard>().RunAsync);
    }

    void Start(string name, Func<CancellationToken, Task> loop) => _loops.Add(Task.Run(() => KeepRunningAsync(name, loop, _stop.Token)));

    /// <summary>The top of every loop: one that fails is begun again, so that a fault in one slice does not stop the others.</summary>
    async Task KeepRunningAsync(string name, Func<CancellationToken, Task> loop, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await loop(cancellationToken);
                    return;
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
                {
                    LogLoopFailed(name, exception);
                }

                await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    [LoggerMessage(LogLevel.Information, "Netronome listens on {Address} with base {Base}")]
    partial void LogListening(Uri address, string @base);

    [LoggerMessage(LogLevel.Warning, "Not everything ended within {Seconds} s; stopping all the same")]
    partial void LogStuck(double seconds);

    [LoggerMessage(LogLevel.Information, "Netronome has stopped")]
    partial void LogStopped();

    [LoggerMessage(LogLevel.Error, "The loop of {Loop} failed; it begins again in 5 s")]
    partial void LogLoopFailed(string loop, Exception exception);
}
