using System.Globalization;
using System.Text;

namespace Netronome.Protocols.Toml;

/// <summary>The four kinds of strings.</summary>
sealed partial class TomlParser
{
    const string NotClosed = "the string is not closed";

    string ParseString()
    {
        if (text.AsSpan(offset).StartsWith("\"\"\""))
            return ParseMultiLine('"');
        if (text.AsSpan(offset).StartsWith("'''"))
            return ParseMultiLine('\'');
        return Peek() == '"' ? ParseBasicString() : ParseLiteralString();
    }

    string ParseBasicString()
    {
        var start = offset++;
        var value = new StringBuilder();
        while (Peek() != '"')
        {
            if (Peek() is -1 or '\n' or '\r')
                throw Fault(start, NotClosed);
            if (Peek() == '\\')
                AppendEscape(value);
            else
                AppendCharacter(value);
        }
        offset++;
        return value.ToString();
    }

    string ParseLiteralString()
    {
        var start = offset++;
        while (Peek() != '\'')
        {
            if (Peek() is -1 or '\n' or '\r')
                throw Fault(start, NotClosed);
            RefuseControl();
            offset++;
        }
        return text[(start + 1)..offset++];
    }

    // ml-basic-string and ml-literal-string: a newline right after the opening is dropped; one or two quotes may stand inside,
    // also right before the closing three.
    string ParseMultiLine(char quote)
    {
        var start = offset;
        depth++;
        offset += 3;
        TrySkipNewline();
        var value = new StringBuilder();
        while (true)
        {
            if (Peek() < 0)
                throw Fault(start, NotClosed);
            if (Peek() == quote)
            {
                var run = 0;
                while (run < 5 && PeekAt(run) == quote)
                    run++;
                offset += run;
                value.Append(quote, run >= 3 ? run - 3 : run);
                if (run < 3)
                    continue;
                depth--;
                return value.ToString();
            }
            var lineStart = offset;
            if (TrySkipNewline())
                value.Append(text, lineStart, offset - lineStart);
            else if (quote == '"' && Peek() == '\\' && !TrySkipLineEndingBackslash())
                AppendEscape(value);
            else if (lineStart == offset)
                AppendCharacter(value);
        }
    }

    // mlb-escaped-nl: a backslash at the end of a line swallows it and all blank space up to the next character.
    bool TrySkipLineEndingBackslash()
    {
        var start = offset++;
        SkipBlanks();
        if (!TrySkipNewline())
        {
            offset = start;
            return false;
        }
        do
            SkipBlanks();
        while (TrySkipNewline());
        return true;
    }

    void AppendCharacter(StringBuilder value)
    {
        RefuseControl();
        value.Append(text[offset++]);
    }

    void RefuseControl()
    {
        if (IsControl(Peek()))
            throw Fault(offset, $"{Describe(Peek())} in a string; write it as an escape");
    }

    void AppendEscape(StringBuilder value)
    {
        var start = offset++;
        var letter = Peek();
        if (letter is -1 or '\n' or '\r')
            throw Fault(start, NotClosed);
        offset++;
        char? simple = letter switch
        {
            'b' => '\b',
            't' => '\t',
            'n' => '\n',
            'f' => '\f',
            'r' => '\r',
            'e' => '\e',
            '"' => '"',
            '\\' => '\\',
            _ => null,
        };
        if (simple is { } character)
        {
            value.Append(character);
            return;
        }
        var digits = letter switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
            throw Fault(start, $"the unknown escape \\{(char)letter}; a backslash is written \\\\, or put the text in 'single quotes'");
        if (offset + digits > text.Length || !uint.TryParse(text.AsSpan(offset, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw Fault(start, $"\\{(char)letter} needs {digits} hexadecimal digits");
        if (!Rune.IsValid(code))
            throw Fault(start, $"U+{code:X4} is not a character");
        value.Append(new Rune(code).ToString());
        offset += digits;
    }
}
