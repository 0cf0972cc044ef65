namespace Netronome.Protocols.Toml;

/// <summary>Characters, blanks, comments, and where they are.</summary>
sealed partial class TomlParser
{
    readonly int[] lineStarts = FindLines(text);
    // Columns count code points; most are asked for in order, so counting goes on from the latest.
    (int Line, int Offset, int Column) latest = (1, 0, 1);

    int Peek() => offset < text.Length ? text[offset] : -1;

    int PeekAt(int ahead) => offset + ahead < text.Length ? text[offset + ahead] : -1;

    void SkipBlanks()
    {
        while (Peek() is ' ' or '\t')
            offset++;
    }

    bool TrySkipNewline()
    {
        if (Peek() == '\r')
        {
            if (PeekAt(1) != '\n')
                throw Fault(offset, "a carriage return without a line feed");
            offset++;
        }
        if (Peek() != '\n')
            return false;
        offset++;
        return true;
    }

    // comment = %x23 *non-eol
    void SkipComment()
    {
        if (Peek() != '#')
            return;
        for (offset++; Peek() is not (-1 or '\n'); offset++)
        {
            if (Peek() == '\r' && PeekAt(1) == '\n')
                return;
            if (IsControl(Peek()))
                throw Fault(offset, $"{Describe(Peek())} in a comment");
        }
    }

    void SkipBlanksCommentsAndNewlines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        }
        while (TrySkipNewline());
    }

    void Expect(string token, string message)
    {
        if (!text.AsSpan(offset).StartsWith(token, StringComparison.Ordinal))
            throw Fault(offset, message);
        offset += token.Length;
    }

    // Tab is the only control character that may stand for itself.
    static bool IsControl(int character) => character is (>= 0 and < 0x20 and not '\t') or 0x7F;

    static TomlSyntaxException Fault(int offset, string message) => new(offset, message);

    static string Describe(int character) => character switch
    {
        -1 => "the end of the file",
        '\n' or '\r' => "the end of the line",
        _ when IsControl(character) || char.IsSurrogate((char)character) => $"the character U+{character:X4}",
        _ => $"'{(char)character}'",
    };

    TomlPosition PositionOf(int at)
    {
        var index = Array.BinarySearch(lineStarts, at);
        var line = index >= 0 ? index + 1 : ~index;
        if (latest.Line != line || latest.Offset > at)
            latest = (line, lineStarts[line - 1], 1);
        var column = latest.Column;
        for (var i = latest.Offset; i < at && i < text.Length; i++)
        {
            if (!char.IsLowSurrogate(text[i]))
                column++;
        }
        latest = (line, at, column);
        return new(line, column);
    }

    static int[] FindLines(string text)
    {
        var starts = new List<int> { 0 };
        for (var end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
            starts.Add(end + 1);
        return [.. starts];
    }
}
