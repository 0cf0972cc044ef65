using System.Net;
using System.Net.Sockets;
using Netronome.TestLab;

namespace Netronome.Tests.Commands;

public sealed class ServeCommandTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("netronome-cli-").FullName;
    readonly CancellationTokenSource patience = new(TimeSpan.FromSeconds(90), TimeProvider.System);

    public void Dispose()
    {
        patience.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(2)]
    public async Task A_signal_ends_the_server_cleanly_with_0(int signal)
    {
        var port = FreePort();
        await using var server = await StartAsync(port);
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/health"), patience.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        server.Signal(signal);

        Assert.Equal(0, (await server.WaitAsync(patience.Token)).ExitCode);
        Assert.Contains("level=info logger=ServerHost msg=\"Netronome has stopped\"", server.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "netronome.db")));
        Assert.Equal("", server.Output);
    }

    [Fact]
    public async Task Log_lines_are_json_when_asked_and_name_the_configuration()
    {
        await using var server = await StartAsync(FreePort(), "--log-format=json");
        server.Signal(15);
        var result = await server.WaitAsync(patience.Token);

        Assert.All(result.Error.TrimEnd('\n').Split('\n'), line => System.Text.Json.JsonDocument.Parse(line).Dispose());
        Assert.Contains("Configuration read from", result.Error, StringComparison.Ordinal);
        Assert.Contains("\"keys\":\"agent.port, agent.host\"", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_told_and_ends_with_69()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await WriteConfigAsync(((IPEndPoint)taken.LocalEndpoint).Port);

        var result = await NetronomeProgram.RunAsync(folder, "serve");

        Assert.Equal(69, result.ExitCode);
        Assert.Contains("netronome serve: Can't listen on", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_none_is_told_and_ends_with_74()
    {
        await WriteConfigAsync(FreePort());
        await File.WriteAllTextAsync(Path.Combine(folder, "netronome.db"), new string('x', 8192));

        var result = await NetronomeProgram.RunAsync(folder, "serve");

        Assert.Equal(74, result.ExitCode);
        Assert.Contains("netronome serve: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_are_made_and_changed_from_standard_input()
    {
        await WriteConfigAsync(FreePort());

        var empty = await NetronomeProgram.RunWithInputAsync(folder, " \n", "create-user", "ada");
        var created = await NetronomeProgram.RunWithInputAsync(folder, "correct horse\n", "create-user", "ada");
        var second = await NetronomeProgram.RunWithInputAsync(folder, "correct horse", "create-user", "eve");
        var changed = await NetronomeProgram.RunWithInputAsync(folder, "battery staple", "change-password", "ada", "--password-stdin");
        var unknown = await NetronomeProgram.RunWithInputAsync(folder, "battery staple", "change-password", "eve");

        Assert.Equal((1, "netronome create-user: the password is empty\n"), (empty.ExitCode, empty.Error));
        Assert.Equal((0, "User ada created\n"), (created.ExitCode, created.Output));
        Assert.Equal(1, second.ExitCode);
        Assert.Equal((0, "Password of ada changed\n"), (changed.ExitCode, changed.Output));
        Assert.Equal(1, unknown.ExitCode);
    }

    async Task<RunningProgram> StartAsync(int port, params string[] more)
    {
        await WriteConfigAsync(port);
        var server = RunningProgram.Start(NetronomeProgram.Command(folder, ["serve", .. more]));
        await server.ErrorLineAsync(line => line.Contains("listens on", StringComparison.Ordinal), patience.Token);
        return server;
    }

    Task WriteConfigAsync(int port) => File.WriteAllTextAsync(
        Path.Combine(folder, "config.toml"), $"[server]\nport = {port}\n[agent]\nport = 8200\nhost = \"0.0.0.0\"\n", patience.Token);

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
