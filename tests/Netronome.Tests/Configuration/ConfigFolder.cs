using Netronome.Configuration;

namespace Netronome.Tests.Configuration;

/// <summary>A working directory with files and variables of its own.</summary>
sealed class ConfigFolder : IDisposable
{
    readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);

    public ConfigFolder()
    {
        Path = Directory.CreateTempSubdirectory("netronome-config-").FullName;
        environment["HOME"] = In("home");
    }

    public string Path { get; }

    public string this[string variable]
    {
        set => environment[variable] = value;
    }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        var path = In(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        SetMode(path, "600");
        return path;
    }

    public static void SetMode(string path, string octal)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(octal, 8));
    }

    public ConfigReading Load(string? file = null) => ConfigLoader.Load(new ConfigSources(file, environment, Path));

    /// <summary>Loads <c>config.toml</c> with the given text.</summary>
    public ConfigReading LoadText(string toml)
    {
        Write("config.toml", toml);
        return Load();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
