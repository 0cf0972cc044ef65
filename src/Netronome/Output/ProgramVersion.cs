using System.Reflection;
using System.Runtime.InteropServices;

namespace Netronome.Output;

/// <summary>What this build is.</summary>
/// <param name="Version">Semantic version, without the commit.</param>
/// <param name="Commit">Source revision, when the build knew it.</param>
/// <param name="BuildTime">RFC 3339 time given by the build, when it was given.</param>
/// <param name="Runtime">Name and version of the runtime that executes it.</param>
/// <param name="OsArch">Operating system and processor, in Go's words as the original prints them: <c>linux/amd64</c>.</param>
sealed record ProgramVersion(string Version, string? Commit, string? BuildTime, string Runtime, string OsArch)
{
    /// <summary>This program's.</summary>
    public static ProgramVersion Current { get; } = Read(typeof(ProgramVersion).Assembly);

    /// <summary>One line, as <c>--version</c> prints it.</summary>
    public override string ToString()
    {
        string?[] facts = [Commit is { Length: > 12 } ? Commit[..12] : Commit, BuildTime, Runtime];
        return $"netronome {Version} ({string.Join(", ", facts.Where(fact => fact is not null))})";
    }

    static ProgramVersion Read(Assembly assembly)
    {
        // "0.1.0+0123abc": the SDK appends the source revision.
        var full = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        var parts = full.Split('+', 2);
        var buildTime = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(item => item.Key == "BuildTime")?.Value;
        return new(parts[0], parts.Length > 1 ? parts[1] : null, buildTime, RuntimeInformation.FrameworkDescription, $"{Os()}/{Arch()}");
    }

    static string Os() =>
        OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : "freebsd";

    static string Arch() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.Arm64 => "arm64",
        Architecture.X86 => "386",
        var other => other.ToString().ToLowerInvariant(),
    };
}
