using System.Diagnostics;
using System.Globalization;

namespace Netronome.TestLab;

/// <summary>
/// A real PostgreSQL of the operating system in a temporary directory, reachable over a Unix socket only. It ends with this
/// process, however that ends: a shell beside it waits for our end of a pipe to close.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>Account of the server; <c>trust</c> on the socket.</summary>
    public const string User = "netronome";

    readonly string directory;
    readonly string binaries;
    Process? shell;
    Task draining = Task.CompletedTask;

    PostgresServer(string directory, string binaries) => (this.directory, this.binaries) = (directory, binaries);

    /// <summary>Directory of the socket: what libpq takes as host.</summary>
    public string Host => directory;

    /// <summary>Where PostgreSQL's programs are, or null when it is not installed.</summary>
    public static string? FindBinaries() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(path => Path.Combine(path, "bin"))
            .FirstOrDefault(path => File.Exists(Path.Combine(path, "initdb")))
        : null;

    /// <summary>Makes a fresh cluster and starts it.</summary>
    /// <param name="start">False: leave it stopped, to be started later with <see cref="StartAsync"/>.</param>
    public static async Task<PostgresServer> CreateAsync(bool start = true)
    {
        var binaries = FindBinaries() ?? throw new InvalidOperationException("PostgreSQL is missing; install the package postgresql.");
        // A socket's path may have 107 bytes at most, so not below the test's own directory.
        var directory = Directory.CreateTempSubdirectory("netronome-pg-").FullName;
        var server = new PostgresServer(directory, binaries);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("chown", "postgres", directory);
        await server.RunAsServerAsync(
            "initdb", "-D", Path.Combine(directory, "data"), "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        if (start)
            await server.StartAsync();
        return server;
    }

    /// <summary>Starts the server and waits until it says that it is ready.</summary>
    public async Task StartAsync()
    {
        var command = string.Join(' ', AsServer(
            Path.Combine(binaries, "postgres"), "-D", Path.Combine(directory, "data"), "-k", directory, "-c", "listen_addresses=''",
            "-c", "max_connections=60", "-c", "shared_buffers=32MB", "-c", "log_destination=stderr", "-c", "logging_collector=off"));
        var info = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        info.ArgumentList.Add("-c");
        // "read" ends with the line that asks for a mode of stopping, or with the pipe when the test process is gone.
        info.ArgumentList.Add($"{command} & server=$!; read mode || mode=QUIT; kill -$mode $server; wait $server");
        shell = Process.Start(info)!;
        var said = new List<string>();
        while (await shell.StandardError.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (line.Contains("database system is ready to accept connections", StringComparison.Ordinal))
            {
                draining = DrainAsync(shell.StandardError);
                return;
            }
        }

        throw new InvalidOperationException($"PostgreSQL did not start: {string.Join('\n', said)}");
    }

    /// <summary>Stops without asking anybody: connections break, the next start recovers from the log.</summary>
    public Task StopImmediatelyAsync() => StopAsync("QUIT");

    /// <summary>Breaks the connections and writes everything.</summary>
    public Task StopAsync() => StopAsync("INT");

    /// <summary>Makes an empty database and returns its name.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"n{Guid.NewGuid():N}";
        await ExecuteAsync("postgres", $"CREATE DATABASE {name}");
        return name;
    }

    /// <summary>Runs SQL with psql and returns what it printed.</summary>
    public Task<string> ExecuteAsync(string database, string sql) =>
        RunAsync(Path.Combine(binaries, "psql"), "-h", directory, "-U", User, "-d", database, "-v", "ON_ERROR_STOP=1", "-qAtc", sql);

    /// <summary>Reads every table and index of a database and fails when anything is damaged (pg_amcheck).</summary>
    public async Task CheckAsync(string database) => await RunAsync(
        Path.Combine(binaries, "pg_amcheck"), "-h", directory, "-U", User, "--install-missing", "--heapallindexed", "-d", database);

    /// <summary>Stops it and removes its files.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopImmediatelyAsync();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>A full pipe would stop the server.</summary>
    static async Task DrainAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is not null)
        {
        }
    }

    async Task StopAsync(string signal)
    {
        if (shell is null)
            return;
        await shell.StandardInput.WriteLineAsync(signal);
        await shell.StandardInput.FlushAsync();
        await shell.WaitForExitAsync();
        await draining;
        shell.Dispose();
        shell = null;
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    static string[] AsServer(params string[] command) => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. command]
        : command;

    Task<string> RunAsServerAsync(string program, params string[] arguments)
    {
        string[] command = AsServer([Path.Combine(binaries, program), .. arguments]);
        return RunAsync(command[0], command[1..]);
    }

    static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        using var process = Process.Start(info)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? (await output).TrimEnd()
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {await error}");
    }
}
