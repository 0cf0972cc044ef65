using System.Globalization;

namespace Netronome.TestLab;

/// <summary>
/// Namespace names say whose they are: nl-PID-STARTTIME-LAB-HOST. The start time (clock ticks since boot, field 22 of
/// /proc/PID/stat) tells a dead owner from a process that was given its number again.
/// </summary>
static class LabNames
{
    const string Folder = "/run/netns";
    static int labs;

    internal static string NextLab() =>
        string.Create(CultureInfo.InvariantCulture, $"nl-{Environment.ProcessId}-{StartTime(Environment.ProcessId)}-{Interlocked.Increment(ref labs)}");

    internal static string PathOf(string name) => $"{Folder}/{name}";

    internal static IReadOnlyList<string> Existing() => Directory.Exists(Folder)
        ? [.. Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)).Where(name => name.StartsWith("nl-", StringComparison.Ordinal))]
        : [];

    /// <summary>Whether the process that made this namespace is gone.</summary>
    internal static bool IsLeftover(string name)
    {
        var parts = name.Split('-');
        return parts.Length >= 5
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var owner)
            && long.TryParse(parts[2], CultureInfo.InvariantCulture, out var started)
            && StartTime(owner) != started;
    }

    /// <summary>Kills what runs inside by its number and removes the namespace. Never throws: it runs in teardown.</summary>
    internal static void Remove(string name)
    {
        var (_, pids, _) = Tool.TryRun("ip", ["netns", "pids", name]);
        foreach (var line in pids.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(line, CultureInfo.InvariantCulture, out var pid) && pid != Environment.ProcessId)
            {
                _ = Libc.Kill(pid, Libc.SignalKill);
            }
        }

        Tool.TryRun("ip", ["netns", "delete", name]);
    }

    static long? StartTime(int process)
    {
        try
        {
            // "1234 (name with ) and spaces) S 1 …": the fields after the last parenthesis are 3, 4, 5 …
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : long.Parse(fields[22 - 3], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
