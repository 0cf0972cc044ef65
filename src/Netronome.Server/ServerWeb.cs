using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Netronome.Server.Accounts;
using Netronome.Server.Database;
using Netronome.Server.Health;
using Netronome.Server.Http;
using Netronome.Server.Live;
using Netronome.Server.Monitors;
using Netronome.Server.Page;
using Netronome.Server.Scheduling;
using Netronome.Server.Series;
using Netronome.Server.SpeedTests;

namespace Netronome.Server;

/// <summary>The web side: services, the way of a request, and every slice's endpoints.</summary>
static class ServerWeb
{
    const long MostBodyBytes = 1024 * 1024;

    public static WebApplication Build(ServerOptions options, ServerSeams seams, IDatabase database, ILoggerFactory logging)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "netronome", Args = [] });
        builder.Configuration.Sources.Clear();
        builder.Services.Replace(ServiceDescriptor.Singleton(logging));
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        AddHttp(builder.Services);
        AddSlices(builder.Services, options, seams, database);
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        seams.AddServices?.Invoke(builder.Services);

        var app = builder.Build();
        UseHttp(app);
        MapEndpoints(app);
        seams.MapEndpoints?.Invoke(app);
        return app;
    }

    static void Listen(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxConcurrentConnections = 2000;
        if (options.Host is "" or "*")
            kestrel.ListenAnyIP(options.Port);
        else if (IPAddress.TryParse(options.Host, out var address))
            kestrel.Listen(address, options.Port);
        else
            kestrel.Listen(Resolve(options.Host), options.Port);
    }

    // "localhost" would take no free port by itself; any name is one address here.
    static IPAddress Resolve(string host) => host == "localhost" ? IPAddress.Loopback : Dns.GetHostAddresses(host)[0];

    static void AddHttp(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            // One set of rules for reading, writing and describing: those of ServerJson.
            var rules = ServerJson.Default.Options;
            json.SerializerOptions.TypeInfoResolverChain.Clear();
            json.SerializerOptions.TypeInfoResolverChain.Add(ServerJson.Default);
            json.SerializerOptions.PropertyNamingPolicy = rules.PropertyNamingPolicy;
            json.SerializerOptions.PropertyNameCaseInsensitive = false;
            json.SerializerOptions.NumberHandling = rules.NumberHandling;
            json.SerializerOptions.DefaultIgnoreCondition = rules.DefaultIgnoreCondition;
            json.SerializerOptions.UnmappedMemberHandling = rules.UnmappedMemberHandling;
            json.SerializerOptions.AllowDuplicateProperties = rules.AllowDuplicateProperties;
            json.SerializerOptions.MaxDepth = rules.MaxDepth;
            json.SerializerOptions.Converters.Add(new UtcTimeConverter());
        });
        // Faults of binding go to the request boundary, which knows how to say them.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = System.IO.Compression.CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = System.IO.Compression.CompressionLevel.Fastest);
    }

    static void AddSlices(IServiceCollection services, ServerOptions options, ServerSeams seams, IDatabase database)
    {
        services.AddSingleton(options);
        services.AddSingleton(seams.Time);
        services.AddSingleton(PageFiles.Load(options.BasePath));

        // Database and series are closed by ServerHost, after everything that writes to them.
        services.AddSingleton(database);
        services.AddSingleton(new SeriesAccess());
        services.AddSingleton<SeriesOpener>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<ScheduleLoop>();

        services.AddSingleton<LoopPulses>();
        services.AddSingleton(ServerHost.Migrations);
        services.AddSingleton<SchemaLoop>();
        services.AddSingleton<ServerLives>();
        services.AddSingleton<StatusBoard>();
        services.AddSingleton(provider => new StatusSources(
            provider.GetRequiredService<MonitorStates>().Count, () => provider.GetRequiredService<IcmpSource>().Status));

        services.AddSingleton<UserStore>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<SessionGuard>();
        services.AddSingleton<LoginLimiter>();
        services.AddSingleton<PasswordWork>();
        services.AddSingleton<AccountService>();

        services.AddSingleton(provider => new IcmpSource(seams.Icmp, seams.Time));
        services.AddSingleton(provider => new NameResolver(seams.Resolve, seams.Time));
        services.AddSingleton<MonitorStore>();
        services.AddSingleton<MonitorStates>();
        services.AddSingleton<MonitorFeed>();
        services.AddSingleton<MonitorHistory>();
        services.AddSingleton<MonitorViews>();
        services.AddSingleton<MonitorTrial>();
        services.AddSingleton<MonitorRunner>();

        services.AddSingleton<IperfServerStore>();
        services.AddSingleton<SpeedRunStore>();
        services.AddSingleton(seams.Iperf3);
        services.AddSingleton<SpeedTestRunner>();
    }

    // The way of a request, outermost first.
    static void UseHttp(WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<RequestBoundary>();
        app.UseMiddleware<TrustedProxies>();
        app.UseMiddleware<BasePath>();
        app.UseMiddleware<CrossSiteGuard>();
        app.UseRouting();
        app.UseMiddleware<PageServer>();
        app.UseMiddleware<AccountGate>();
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments("/api/auth") && !context.Request.Path.StartsWithSegments("/api/live"),
            api => api.UseResponseCompression());
    }

    static void MapEndpoints(WebApplication app)
    {
        app.MapHealth();
        var api = app.MapGroup("/api");
        api.MapAccounts();
        api.MapMonitors();
        api.MapIperfServers();
        api.MapSpeedTests();
        api.MapSpeedTestContract();
        api.MapLive();
        api.MapApiDocument();
    }
}

/// <summary>The caller of <see cref="ServerHost"/> says when to stop; the host itself listens to no signal.</summary>
sealed class CallerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
