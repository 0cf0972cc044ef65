using System.Net;
using Netronome.Server.Database;
using Netronome.Server.Series;
using Netronome.Server.Tests.Live;
using Netronome.TestLab;

namespace Netronome.Server.Tests.Health;

public class PostgresAwayTests
{
    [Fact]
    public async Task A_server_starts_while_PostgreSQL_is_away_says_so_and_goes_on_when_it_comes()
    {
        await using var postgres = await PostgresServer.CreateAsync();
        var name = await postgres.CreateDatabaseAsync();
        await postgres.StopAsync();
        await using var server = await StartAsync(postgres, name);

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("")).StatusCode);
        using var ready = await server.Client.GetAsync("health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("failed", (string?)(await TestServer.ReadAsync(ready))["checks"]!["database"]!["status"]);
        using var api = await server.Client.GetAsync("api/auth/status");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, api.StatusCode);
        Assert.NotNull(api.Headers.RetryAfter);
        Assert.Equal("database_away", (string?)(await TestServer.ReadAsync(api))["error"]);

        await postgres.StartAsync();
        await Eventually.TrueAsync(async () => (await server.Client.GetAsync("health/ready")).StatusCode == HttpStatusCode.OK);
        using var client = await server.RegisterAsync();
        Assert.Equal("postgres", (string?)(await TestServer.ReadAsync(await client.GetAsync("api/server")))["database"]!["kind"]);
    }

    [Fact]
    public async Task Measuring_goes_on_while_PostgreSQL_is_away_and_nothing_of_it_is_lost()
    {
        await using var postgres = await PostgresServer.CreateAsync();
        await using var server = await StartAsync(postgres, await postgres.CreateDatabaseAsync());
        await Eventually.TrueAsync(async () => (await server.Client.GetAsync("health/ready")).StatusCode == HttpStatusCode.OK);
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "monitor/*,server");
        using var added = await client.PostAsync("api/monitors", TestServer.Json("""{"target":"192.0.2.1","every":"100ms","deadlineMs":10}"""));
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        await stream.NextAsync("probes");

        await postgres.StopImmediatelyAsync();
        await stream.NextAsync("status", data => (string?)data["database"]!["status"] == "away");
        using var refused = await client.GetAsync("api/monitors");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        using var about = await client.GetAsync("api/server");
        Assert.Equal(HttpStatusCode.OK, about.StatusCode);
        Assert.Equal("away", (string?)(await TestServer.ReadAsync(about))["database"]!["status"]);
        await Eventually.TrueAsync(() => server.Service<SeriesAccess>().Store!.Status.PendingSamples >= 20);

        await postgres.StartAsync();
        await stream.NextAsync("status", data => (string?)data["database"]!["status"] == "ready");
        await Eventually.TrueAsync(async () => (await client.GetAsync("api/monitors")).StatusCode == HttpStatusCode.OK);
        await Eventually.TrueAsync(() => server.Service<SeriesAccess>().Store!.Status.PendingSamples < 5);
        var history = await TestServer.ReadAsync(await client.GetAsync("api/monitors/1/rtt?columns=5000"));
        var times = history["t"]!.AsArray().Select(t => (double)t!).ToList();
        Assert.Empty(history["gaps"]!.AsArray());
        Assert.True(times.Count >= 20);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 1500));
        Assert.Equal(0, server.Service<SeriesAccess>().Store!.Status.DroppedSamples);
    }

    static Task<TestServer> StartAsync(PostgresServer postgres, string name) => TestServer.StartAsync(options => options with
    {
        Postgres = new PostgresOptions { Host = postgres.Host, User = PostgresServer.User, Database = name },
        LogLevel = Microsoft.Extensions.Logging.LogLevel.Error,
    });
}
