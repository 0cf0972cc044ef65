using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Netronome.Server.Tests;

/// <summary>A real server on a free port with a real SQLite in a folder of its own; clock and network may be simulated.</summary>
sealed class TestServer : IAsyncDisposable
{
    public const string Username = "anna";
    public const string Password = "correct horse battery";

    TestServer(ServerHost host, ServerOptions options, ServerSeams seams)
    {
        (Host, Options, Seams) = (host, options, seams);
        Client = NewClient();
    }

    public ServerHost Host { get; private set; }

    public ServerOptions Options { get; }

    public ServerSeams Seams { get; }

    public Uri Address => new(Host.Address.ToString().Replace("[::]", "localhost").Replace("0.0.0.0", "127.0.0.1"));

    /// <summary>A client without a session.</summary>
    public HttpClient Client { get; private set; }

    public static ServerOptions NewOptions()
    {
        var folder = Directory.CreateTempSubdirectory("netronome-test-");
        return new ServerOptions { Port = 0, SqlitePath = Path.Combine(folder.FullName, "netronome.db"), LogLevel = LogLevel.Warning };
    }

    public static async Task<TestServer> StartAsync(
        Func<ServerOptions, ServerOptions>? configure = null, ServerSeams? seams = null)
    {
        var options = NewOptions();
        options = configure?.Invoke(options) ?? options;
        seams ??= new ServerSeams { Icmp = new SimulatedIcmp().ProbeAsync };
        return new TestServer(await ServerHost.StartAsync(options, seams, CancellationToken.None), options, seams);
    }

    /// <summary>Stops the server and starts another on the same database.</summary>
    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        Client.Dispose();
        Host = await ServerHost.StartAsync(Options, Seams, CancellationToken.None);
        Client = NewClient();
    }

    public T Service<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    public HttpClient NewClient(string? token = null, string path = "/")
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(Address, path) };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Registers the first account and returns a client with its session.</summary>
    public async Task<HttpClient> RegisterAsync()
    {
        using var answer = await Client.PostAsync("api/auth/register", Json($$"""{"username":"{{Username}}","password":"{{Password}}"}"""));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return NewClient(TokenOf(answer));
    }

    public async Task<HttpClient> LoginAsync()
    {
        using var answer = await Client.PostAsync("api/auth/login", Json($$"""{"username":"{{Username}}","password":"{{Password}}"}"""));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return NewClient((string?)(await ReadAsync(answer))["access_token"]);
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync()) ?? throw new InvalidOperationException("The answer is null.");

    /// <summary>The session token in a Set-Cookie header.</summary>
    public static string TokenOf(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=')[1];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(Options.SqlitePath)!, recursive: true);
    }
}
