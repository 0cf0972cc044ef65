using System.Text.RegularExpressions;

namespace Netronome.Architecture.Tests;

/// <summary>Rules on the text of the sources: each returns what is wrong with a file, or null.</summary>
static partial class SourceRules
{
    const int LongestFile = 500;
    const string Excuse = "// Long because";

    static readonly string[] BannedWords = ["Helpers", "Helper", "Utils", "Util", "Utilities", "Managers", "Manager", "Common", "Misc"];

    internal static string? Length(string path, string text)
    {
        var lines = text.Split('\n');
        return lines.Length <= LongestFile || lines.Take(5).Any(line => line.TrimStart().StartsWith(Excuse, StringComparison.Ordinal))
            ? null
            : $"{path}: {lines.Length} lines, and none of the first five begins with '{Excuse}'";
    }

    /// <summary>No folder, file or declared type is named after nothing in particular.</summary>
    internal static string? Name(string path)
    {
        var bad = path.Split('/').Select(part => part.Split('.')[0])
            .FirstOrDefault(part => BannedWords.Any(word => part.Equals(word, StringComparison.OrdinalIgnoreCase)
                || part.EndsWith(word, StringComparison.Ordinal)));
        return bad is null ? null : $"{path}: '{bad}' does not say what is in it";
    }

    internal static string? Regions(string path, string text) => Region().IsMatch(text) ? $"{path}: has a #region" : null;

    /// <summary>DllImport makes stubs at run time; LibraryImport at build time, which trimming and AOT need.</summary>
    internal static string? Imports(string path, string text) =>
        text.Contains("[DllImport", StringComparison.Ordinal) ? $"{path}: DllImport instead of LibraryImport" : null;

    /// <summary>The namespace is file-scoped and equal to the folder, the project being the first part.</summary>
    internal static string? Namespace(string path, string text)
    {
        var expected = string.Join('.', path.Split('/')[1..^1]);
        var declared = NamespaceLine().Match(text);
        return !declared.Success ? (TopLevel(text) ? null : $"{path}: no file-scoped namespace")
            : declared.Groups[1].Value == expected ? null
            : $"{path}: namespace {declared.Groups[1].Value} instead of {expected}";
    }

    /// <summary>Work left for later is an issue, not a mark in the source.</summary>
    internal static string? Unfinished(string path, string text) =>
        UnfinishedWork().Match(text) is { Success: true } match ? $"{path}: {match.Value}" : null;

    // Program.cs and files of assembly attributes have no namespace.
    static bool TopLevel(string text) => text.Contains("[assembly:", StringComparison.Ordinal) || !TypeLine().IsMatch(text);

    [GeneratedRegex(@"^\s*#region\b", RegexOptions.Multiline)]
    private static partial Regex Region();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(public |internal |sealed |static |abstract |partial |readonly |ref |unsafe )*(class|struct|record|interface|enum) ", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex UnfinishedWork();
}
