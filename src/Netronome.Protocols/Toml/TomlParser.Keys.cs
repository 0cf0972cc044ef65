namespace Netronome.Protocols.Toml;

/// <summary>Bare, quoted and dotted keys.</summary>
sealed partial class TomlParser
{
    /// <summary>One part of a dotted key.</summary>
    readonly record struct KeyPart(string Text, int Offset);

    // dotted-key = simple-key 1*( dot-sep simple-key )
    List<KeyPart> ParseKey()
    {
        var parts = new List<KeyPart>();
        while (true)
        {
            var start = offset;
            parts.Add(new(ParseSimpleKey(), start));
            if (parts.Count > TomlDocument.MaximumDepth)
                throw Fault(start, $"a key of more than {TomlDocument.MaximumDepth} parts");
            var end = offset;
            SkipBlanks();
            if (Peek() != '.')
            {
                offset = end;
                return parts;
            }
            offset++;
            SkipBlanks();
        }
    }

    string ParseSimpleKey()
    {
        if (Peek() is '"' or '\'')
        {
            if (text.AsSpan(offset).StartsWith("\"\"\"") || text.AsSpan(offset).StartsWith("'''"))
                throw Fault(offset, "a key cannot be a multi-line string");
            return Peek() == '"' ? ParseBasicString() : ParseLiteralString();
        }
        var start = offset;
        while (IsBareKeyCharacter(Peek()))
            offset++;
        if (offset > start)
            return text[start..offset];
        throw Fault(offset, Peek() > 0x7F
            ? $"{Describe(Peek())} in a key; a key with other letters than a-z needs quotes"
            : $"{Describe(Peek())} where a key is needed");
    }

    static bool IsBareKeyCharacter(int character) => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-';

    static string Name(List<KeyPart> key) => $"'{string.Join('.', key.Select(part => part.Text))}'";
}
