namespace Netronome.Protocols.Toml;

/// <summary>Values; arrays and inline tables.</summary>
sealed partial class TomlParser
{
    TomlNode ParseValue()
    {
        var start = offset;
        var position = PositionOf(start);
        return Peek() switch
        {
            '"' or '\'' => new TomlString(ParseString(), position),
            '[' => ParseArray(position),
            '{' => ParseInlineTable(position),
            -1 or '\n' or '\r' or '#' => throw Fault(start, "a value is missing"),
            _ => ParseBareValue(position),
        };
    }

    // array = [ [ values ] ws-comment-newline ]
    TomlArray ParseArray(TomlPosition position)
    {
        var start = Enter();
        var array = new TomlArray(position);
        while (true)
        {
            SkipBlanksCommentsAndNewlines();
            if (Peek() == ']')
                break;
            if (Peek() < 0)
                throw Fault(start, "the array is not closed");
            array.Add(ParseValue());
            SkipBlanksCommentsAndNewlines();
            if (Peek() == ',')
                offset++;
            else if (Peek() != ']')
                throw Fault(Peek() < 0 ? start : offset, Peek() < 0 ? "the array is not closed" : $"{Describe(Peek())} in an array; ',' or ']' is needed");
        }
        Leave();
        return array;
    }

    // inline-table = { [ keyvals ] }; newlines, comments and a last comma are of TOML 1.1.
    TomlTable ParseInlineTable(TomlPosition position)
    {
        var start = Enter();
        var table = new TomlTable(position);
        var dotted = new List<TomlTable>();
        while (true)
        {
            SkipBlanksCommentsAndNewlines();
            if (Peek() == '}')
                break;
            if (Peek() < 0)
                throw Fault(start, "the inline table is not closed");
            ParseKeyValue(table, dotted);
            SkipBlanksCommentsAndNewlines();
            if (Peek() == ',')
                offset++;
            else if (Peek() != '}')
                throw Fault(Peek() < 0 ? start : offset, Peek() < 0 ? "the inline table is not closed" : $"{Describe(Peek())} in an inline table; ',' or '}}' is needed");
        }
        Leave();
        table.Frozen = true;
        foreach (var inner in dotted)
            inner.Frozen = true;
        return table;
    }

    int Enter()
    {
        if (++depth > TomlDocument.MaximumDepth)
            throw Fault(offset, $"nested deeper than {TomlDocument.MaximumDepth} levels");
        return offset++;
    }

    void Leave()
    {
        depth--;
        offset++;
    }

    TomlNode ParseBareValue(TomlPosition position)
    {
        var start = offset;
        while (Peek() is not (-1 or ' ' or '\t' or '\n' or '\r' or '#' or ',' or ']' or '}'))
            offset++;
        // 1979-05-27 07:32:00 is one value: a date, one blank, a digit.
        if (offset - start == 10 && text[start + 4] == '-' && Peek() == ' ' && PeekAt(1) is >= '0' and <= '9')
        {
            offset++;
            while (Peek() is not (-1 or ' ' or '\t' or '\n' or '\r' or '#' or ',' or ']' or '}'))
                offset++;
        }
        var word = text.AsSpan(start, offset - start);
        var value = word switch
        {
            "true" => new TomlBoolean(true, position),
            "false" => new TomlBoolean(false, position),
            _ => ParseNumber(word, position) ?? ParseDateTime(word, position),
        };
        return value ?? throw Fault(start, ExplainWord(word));
    }

    static string ExplainWord(ReadOnlySpan<char> word)
    {
        var shown = word.Length <= 40 ? word.ToString() : $"{word[..40]}…";
        if (word.IsEmpty)
            return "a value is missing";
        if (word is "True" or "TRUE" or "False" or "FALSE" or "yes" or "no" or "on" or "off")
            return $"{shown} is not a boolean; write true or false";
        return char.IsAsciiDigit(word[0]) || word[0] is '+' or '-' or '.'
            ? $"{shown} is not a number or date"
            : $"{shown} is not a value; text needs \"quotes\"";
    }
}
