namespace Netronome.Protocols.Toml;

/// <summary>A place in a document.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Character (code point) in the line, from 1.</param>
public readonly record struct TomlPosition(int Line, int Column)
{
    /// <summary>As compilers write it: <c>12:5</c>.</summary>
    public override string ToString() => $"{Line}:{Column}";
}
