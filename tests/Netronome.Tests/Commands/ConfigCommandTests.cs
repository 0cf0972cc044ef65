using System.Text.Json;
using Netronome.TestLab;

namespace Netronome.Tests.Commands;

public sealed class ConfigCommandTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("netronome-cli-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Generate_config_writes_a_private_file_with_a_secret_and_never_over_another()
    {
        var path = Path.Combine(folder, "sub", "n.toml");

        var first = await NetronomeProgram.RunAsync(folder, "generate-config", "--config", path);
        var text = await File.ReadAllTextAsync(path);
        var second = await NetronomeProgram.RunAsync(folder, "generate-config", "--config", path);

        Assert.Equal((0, 73), (first.ExitCode, second.ExitCode));
        Assert.Matches("(?m)^session_secret = \"[0-9a-f]{64}\"$", text);
        Assert.Equal($"netronome generate-config: config file already exists at {path}\n", second.Error);
        Assert.Equal(text, await File.ReadAllTextAsync(path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));

        var check = await NetronomeProgram.RunAsync(folder, "config", "check", "--config", path);
        Assert.Equal((0, $"{path}: no faults\n", ""), (check.ExitCode, check.Output, check.Error));
    }

    [Fact]
    public async Task Generate_config_without_a_name_writes_to_the_home_folder()
    {
        var result = await NetronomeProgram.RunAsync(folder, "generate-config");

        Assert.Equal(0, result.ExitCode);
        Assert.True(File.Exists(Path.Combine(folder, ".config", "netronome", "config.toml")));
    }

    [Fact]
    public async Task Check_tells_all_faults_and_ends_with_78()
    {
        var path = await WriteAsync("[server]\nprot = 1\nport = 70000\n[database]\ntype = \"sqlit\"\n[x\n");

        var check = await NetronomeProgram.RunAsync(folder, "config", "check", "--config", path);
        var serve = await NetronomeProgram.RunAsync(folder, "serve", "--config", path);
        var before = await NetronomeProgram.RunAsync(folder, "--config", path, "config", "check");

        string[] expected =
        [
            $"{path}:2:1: server.prot is an unknown key; did you mean server.port?",
            $"{path}:3:8: server.port = 70000 is above 65535",
            $"{path}:5:8: database.type = \"sqlit\" is none of sqlite, postgres; did you mean sqlite?",
            $"{path}:6:3: the header of 'x' is not closed; ']' is needed",
        ];
        Assert.Equal((78, 78, 78), (check.ExitCode, serve.ExitCode, before.ExitCode));
        Assert.Equal(string.Concat(expected.Select(line => $"netronome config check: {line}\n")), check.Error);
        Assert.Equal(string.Concat(expected.Select(line => $"netronome serve: {line}\n")), serve.Error);
        Assert.Equal(check.Error, before.Error);
    }

    [Fact]
    public async Task Check_prints_one_json_document_when_asked()
    {
        var path = await WriteAsync("[server]\nport = 70000\n[agent]\nport = 1\n");

        var result = await NetronomeProgram.RunAsync(folder, "config", "check", "--config", path, "--json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.False(json.RootElement.GetProperty("ok").GetBoolean());
        var fault = Assert.Single(json.RootElement.GetProperty("faults").EnumerateArray());
        Assert.Equal(("server.port", "70000", 2, "is above 65535"), (fault.GetProperty("key").GetString(), fault.GetProperty("value").GetString(),
            fault.GetProperty("line").GetInt32(), fault.GetProperty("reason").GetString()));
        Assert.Equal("agent.port", Assert.Single(json.RootElement.GetProperty("notices").EnumerateArray()).GetProperty("key").GetString());
    }

    [Fact]
    public async Task Show_prints_values_with_their_origin_and_masks_secrets()
    {
        var path = await WriteAsync("[database]\npassword = \"geheim\"\n");
        await using var program = RunningProgram.Start(NetronomeProgram.Command(folder, "config", "show", "--origin", "--config", path) with
        {
            Environment = new Dictionary<string, string?> { ["NETRONOME__PORT"] = "81" },
        });
        var result = await program.WaitAsync();

        Assert.Equal(0, result.ExitCode);
        Assert.Contains($"password = \"********\"  # {path}:2\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("port = 81  # NETRONOME__PORT\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", result.Output, StringComparison.Ordinal);
    }

    async Task<string> WriteAsync(string text)
    {
        var path = Path.Combine(folder, "n.toml");
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
