using System.Runtime.CompilerServices;

namespace Netronome.Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
static class Repository
{
    internal static string Root { get; } = FindRoot();

    /// <summary>Our own source files below a folder, as paths relative to the root.</summary>
    internal static IEnumerable<string> Files(string folder, params string[] extensions)
    {
        var path = Path.Combine(Root, folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
                .Where(file => extensions.Contains(Path.GetExtension(file)) && !IsMade(file))
                .Order(StringComparer.Ordinal)
            : [];
    }

    internal static IEnumerable<string> Folders(string folder)
    {
        var path = Path.Combine(Root, folder);
        return Directory.Exists(path)
            ? Directory.EnumerateDirectories(path, "*", SearchOption.AllDirectories)
                .Select(found => Path.GetRelativePath(Root, found).Replace('\\', '/'))
                .Where(found => !IsMade(found + "/"))
            : [];
    }

    internal static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    static bool IsMade(string path) => path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "dist" or "artifacts");

    static string FindRoot([CallerFilePath] string thisFile = "")
    {
        // A deterministic build may map the path of this file away; the output folder lies inside the checkout as well.
        foreach (var start in (string?[])[Path.GetDirectoryName(thisFile), AppContext.BaseDirectory])
        {
            for (var folder = start; !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "Netronome.slnx")))
                {
                    return folder;
                }
            }
        }

        throw new DirectoryNotFoundException("There is no Netronome.slnx above the tests.");
    }
}
