using System.Globalization;
using Netronome.Output;
using Netronome.Protocols.Toml;

namespace Netronome.Configuration;

/// <summary>The file: where it is, what it holds.</summary>
sealed partial class ConfigLoader
{
    const int MaximumFileBytes = 1 << 20;

    /// <summary>The file to read: the one named, else the first of the usual ones that exists; a faulty one is not passed over.</summary>
    string? FindFile() =>
        sources.File is { } named ? sources.Absolute(named) : sources.UsualFiles().FirstOrDefault(path => Path.Exists(path));

    void ReadFile(string path)
    {
        if (ReadBytes(path, out var mode) is not { } bytes)
            return;
        var document = TomlDocument.Parse(bytes);
        foreach (var error in document.Errors)
            faults.Add(new(error.Message) { File = path, Line = error.Position.Line, Column = error.Position.Column });
        ReadTable(path, document.Root, "");
        var secret = fromFile.Values.FirstOrDefault(value => value.Key.Secret && value.Value is string { Length: > 0 });
        if (secret is not null && mode.HasFlag(UnixFileMode.OtherRead))
            notices.Add(new($"holds secrets that everybody can read (mode {Convert.ToString((int)mode, 8)}); run chmod o= on it") { File = path });
    }

    byte[]? ReadBytes(string path, out UnixFileMode mode)
    {
        mode = UnixFileMode.None;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (!OperatingSystem.IsWindows())
                mode = File.GetUnixFileMode(file.SafeFileHandle);
            var bytes = new byte[MaximumFileBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length <= MaximumFileBytes)
                return bytes[..length];
            faults.Add(new($"is larger than {ByteSize.Format(MaximumFileBytes)}") { File = path });
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add(new(fault switch
            {
                FileNotFoundException or DirectoryNotFoundException => "does not exist",
                UnauthorizedAccessException => Directory.Exists(path) ? "is a folder" : "may not be read by this user",
                _ => $"cannot be read: {fault.Message}",
            })
            { File = path });
        }
        return null;
    }

    void ReadTable(string path, TomlTable table, string prefix)
    {
        foreach (var entry in table.Entries)
        {
            var name = prefix + entry.Key;
            if (ConfigKeys.ByPath.TryGetValue(name, out var key))
                ReadEntry(path, key, entry);
            else if (!ConfigKeys.Sections.Contains(name))
                faults.Add(InFile(path, entry, name, ExplainUnknown(entry, prefix)));
            else if (entry.Value is TomlTable section)
                ReadTable(path, section, $"{name}.");
            else
                faults.Add(InFile(path, entry, name, $"is {entry.Value.Kind}, but {name} is a section; write [{name}]"));
        }
    }

    void ReadEntry(string path, ConfigKey key, TomlEntry entry)
    {
        var origin = new ConfigOrigin.FileLine(path, entry.KeyPosition.Line);
        var written = entry.Value is TomlTable ? "{…}" : TomlWriter.FormatValue(entry.Value);
        if (WordsOf(key.Shape, entry.Value) is { } words)
            Accept(fromFile, key, words, origin, written, entry.Value.Position.Column);
        else
            faults.Add(InFile(path, entry, key.Path, $"is {entry.Value.Kind}; {Needed(key.Shape)} is needed") with { Value = key.Secret ? null : Shorten(written) });
    }

    static IReadOnlyList<string>? WordsOf(ConfigShape shape, TomlNode node) => (shape, node) switch
    {
        (ConfigShape.Text, TomlString text) => [text.Value],
        (ConfigShape.Integer or ConfigShape.Number, TomlInteger number) => [number.Value.ToString(CultureInfo.InvariantCulture)],
        (ConfigShape.Number, TomlFloat number) => [number.Value.ToString("R", CultureInfo.InvariantCulture)],
        (ConfigShape.Boolean, TomlBoolean flag) => [flag.Value ? "true" : "false"],
        (ConfigShape.List, TomlArray array) when array.Items.All(item => item is TomlString) =>
            [.. array.Items.Select(item => ((TomlString)item).Value.Trim())],
        _ => null,
    };

    static string Needed(ConfigShape shape) => shape switch
    {
        ConfigShape.Text => "a string in quotes",
        ConfigShape.Integer => "an integer without quotes",
        ConfigShape.Number => "a number without quotes",
        ConfigShape.Boolean => "true or false without quotes",
        _ => "an array of strings",
    };

    static ConfigFault InFile(string path, TomlEntry entry, string name, string reason) =>
        new(reason) { File = path, Line = entry.KeyPosition.Line, Column = entry.KeyPosition.Column, Key = name };

    // First a slip of the pen in this section, then the right name in the wrong section, then a slip in the whole path.
    static string ExplainUnknown(TomlEntry entry, string prefix)
    {
        var siblings = ConfigKeys.All.Where(key => key.Section + "." == prefix).Select(key => key.Name)
            .Concat(ConfigKeys.Sections.Where(section => section.StartsWith(prefix, StringComparison.Ordinal)).Select(section => section[prefix.Length..].Split('.')[0]));
        var kind = entry.Value is TomlTable ? "section" : "key";
        if (NearestName.Find(entry.Key, siblings) is { } near)
            return $"is an unknown {kind}; did you mean {prefix}{near}?";
        var elsewhere = ConfigKeys.All.FirstOrDefault(key => key.Name == entry.Key && key.Effect is not (ConfigEffect.Deprecated or ConfigEffect.Removed))?.Path
            ?? NearestName.Find(prefix + entry.Key, ConfigKeys.ByPath.Keys.Concat(ConfigKeys.Sections));
        return elsewhere is null || elsewhere + "." == prefix ? $"is an unknown {kind}" : $"is an unknown {kind}; did you mean {elsewhere}?";
    }
}
