using System.Text;
using System.Text.Unicode;

namespace Netronome.Protocols.Toml;

/// <summary>A parsed document: what could be read, and every fault found.</summary>
/// <param name="Root">The top-level table; incomplete when there are faults.</param>
/// <param name="Errors">Faults in the order of the document; empty for a valid one.</param>
public sealed record TomlDocument(TomlTable Root, IReadOnlyList<TomlError> Errors)
{
    /// <summary>After this many faults the rest is not looked at.</summary>
    public const int MaximumErrors = 50;

    /// <summary>Arrays, inline tables and dotted keys nest no deeper than this.</summary>
    public const int MaximumDepth = 64;

    /// <summary>Parses TOML 1.0, and what 1.1 adds to it. Never throws for what the document holds.</summary>
    public static TomlDocument Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        if (!Utf8.IsValid(utf8))
            return new(new TomlTable(new(1, 1)), [new(FindInvalid(utf8), "a byte that is not UTF-8")]);
        return Parse(Encoding.UTF8.GetString(utf8));
    }

    /// <summary>Parses a text that is decoded already.</summary>
    public static TomlDocument Parse(string text)
    {
        var parser = new TomlParser(text);
        return new(parser.Parse(), parser.Errors);
    }

    static TomlPosition FindInvalid(ReadOnlySpan<byte> utf8)
    {
        var (line, column) = (1, 1);
        while (Rune.DecodeFromUtf8(utf8, out var rune, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            (line, column) = rune.Value == '\n' ? (line + 1, 1) : (line, column + 1);
            utf8 = utf8[consumed..];
        }
        return new(line, column);
    }
}
