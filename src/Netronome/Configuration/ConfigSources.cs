using System.Collections;

namespace Netronome.Configuration;

/// <summary>What a configuration is read from.</summary>
/// <param name="File">The file named on the command line, or null for the usual places.</param>
/// <param name="Environment">Variables of this process.</param>
/// <param name="WorkingFolder">Where <c>.env</c> and <c>./config.toml</c> are looked for.</param>
sealed record ConfigSources(string? File, IReadOnlyDictionary<string, string> Environment, string WorkingFolder)
{
    /// <summary>This process's own.</summary>
    public static ConfigSources OfProcess(string? file)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        return new(file, environment, System.Environment.CurrentDirectory);
    }

    /// <summary>The usual places in the order in which they are looked at.</summary>
    public IEnumerable<string> UsualFiles()
    {
        var places = new List<string>();
        if (HomeFolder() is { } home)
            places.Add(Path.Combine(home, ".config", "netronome", "config.toml"));
        if (UserConfigFolder() is { } folder)
            places.Add(Path.Combine(folder, "netronome", "config.toml"));
        places.Add(Path.Combine(WorkingFolder, "config.toml"));
        if (!OperatingSystem.IsWindows())
            places.Add("/etc/netronome/config.toml");
        return places.Distinct(StringComparer.Ordinal);
    }

    /// <summary>A path as the command line or a variable means it.</summary>
    public string Absolute(string path) => Path.GetFullPath(path, WorkingFolder);

    string? HomeFolder() => Value(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME");

    // Go's os.UserConfigDir, which the original asks.
    string? UserConfigFolder()
    {
        if (OperatingSystem.IsWindows())
            return Value("APPDATA");
        if (OperatingSystem.IsMacOS())
            return HomeFolder() is { } mac ? Path.Combine(mac, "Library", "Application Support") : null;
        return Value("XDG_CONFIG_HOME") ?? (HomeFolder() is { } home ? Path.Combine(home, ".config") : null);
    }

    string? Value(string name) => Environment.GetValueOrDefault(name) is { Length: > 0 } value && Path.IsPathFullyQualified(value) ? value : null;
}
