using System.Diagnostics;

namespace Netronome.TestLab;

/// <summary>Runs a system tool to its end. Only the lab forks; the product does not.</summary>
static class Tool
{
    /// <summary>The folders searched for tools besides PATH; many systems keep ip, nft and tc out of a user's PATH.</summary>
    static readonly string[] Folders = ["/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/bin", "/usr/local/sbin"];

    internal static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(Folders).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs the tool with the given standard input and returns what it printed; throws when it fails.</summary>
    internal static string Run(string name, IEnumerable<string> arguments, string? input = null)
    {
        var (exitCode, output, error) = TryRun(name, arguments, input);
        return exitCode == 0
            ? output
            : throw new LabException($"{name} {string.Join(' ', arguments)} ended with {exitCode}: {error.Trim()}{Shown(input)}");
    }

    internal static (int ExitCode, string Output, string Error) TryRun(
        string name, IEnumerable<string> arguments, string? input = null)
    {
        var path = Find(name) ?? throw new LabException($"{name} is not installed (run tests/install-tools.sh).");
        var start = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    static string Shown(string? input) => input is null ? "" : $"\n{input}";
}
