using System.Net;
using System.Net.Sockets;

namespace Netronome.Server.Tests.Health;

public class HealthTests
{
    [Fact]
    public async Task A_fresh_server_is_alive_and_ready_and_says_nothing_secret()
    {
        await using var server = await TestServer.StartAsync();
        Assert.Equal("""{"status":"ok"}""", await server.Client.GetStringAsync("health"));
        await Eventually.TrueAsync(async () => (await server.Client.GetAsync("health/ready")).StatusCode == HttpStatusCode.OK);
        var ready = await server.Client.GetStringAsync("health/ready");

        Assert.Contains("\"status\":\"ready\"", ready);
        Assert.DoesNotContain(server.Options.SqlitePath, ready);
    }

    [Fact]
    public async Task The_server_tells_about_itself_to_who_is_logged_in()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        var about = await TestServer.ReadAsync(await client.GetAsync("api/server"));

        Assert.Equal("sqlite", (string?)about["database"]!["kind"]);
        Assert.Equal("ready", (string?)about["database"]!["status"]);
        Assert.Equal("ready", (string?)about["icmp"]!["status"]);
        Assert.Equal("/", (string?)about["baseUrl"]);
        Assert.Equal(0, (int)about["monitors"]!["total"]!);
        Assert.True((long)about["database"]!["sizeBytes"]! > 0);
    }

    [Fact]
    public async Task A_taken_port_is_said_in_a_sentence()
    {
        await using var first = await TestServer.StartAsync();
        var options = TestServer.NewOptions() with { Port = first.Address.Port };
        var result = await ServerHost.RunAsync(options, CancellationToken.None);

        Assert.Equal(ServerFailure.Listen, result.Failure);
        Assert.Contains($"port {first.Address.Port}", result.Message);
    }

    [Fact]
    public async Task An_address_of_another_machine_is_said_in_a_sentence()
    {
        var result = await ServerHost.RunAsync(TestServer.NewOptions() with { Host = "192.0.2.1" }, CancellationToken.None);

        Assert.Equal(ServerFailure.Listen, result.Failure);
        Assert.Contains("not one of this machine", result.Message);
    }

    [Fact]
    public async Task A_second_server_on_the_same_database_is_refused()
    {
        await using var first = await TestServer.StartAsync();
        var result = await ServerHost.RunAsync(first.Options, CancellationToken.None);

        Assert.Equal(ServerFailure.Database, result.Failure);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        var options = TestServer.NewOptions();
        await File.WriteAllTextAsync(options.SqlitePath, string.Concat(Enumerable.Repeat("this is not a database\n", 500)));
        var result = await ServerHost.RunAsync(options, CancellationToken.None);

        Assert.Equal(ServerFailure.Database, result.Failure);
        Assert.NotNull(result.Message);
    }

    [Fact]
    public async Task A_server_that_is_told_to_stop_stops_and_lets_the_port_go()
    {
        using var stop = new CancellationTokenSource();
        var port = FreePort();
        var running = ServerHost.RunAsync(TestServer.NewOptions() with { Port = port }, stop.Token);
        using var client = new HttpClient();
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return (await client.GetAsync($"http://127.0.0.1:{port}/health")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        await stop.CancelAsync();

        Assert.Null((await running).Failure);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
