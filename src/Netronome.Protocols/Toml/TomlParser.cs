using System.Buffers;

namespace Netronome.Protocols.Toml;

/// <summary>
/// Recursive descent over the grammar of toml.io/en/v1.0.0 (toml.abnf). A fault ends the expression it is in; parsing goes on
/// with the next line that can begin one.
/// </summary>
sealed partial class TomlParser(string text)
{
    static readonly SearchValues<char> NotInHeaders = SearchValues.Create(",\"'=");
    static readonly SearchValues<char> NotInKeys = SearchValues.Create("[]{},#");

    readonly TomlTable root = new(new TomlPosition(1, 1));
    readonly List<TomlError> errors = [];
    // Tables made by dotted keys of the section at hand; they close with it.
    readonly List<TomlTable> openDotted = [];
    TomlTable section = null!;
    int offset;
    int depth;

    public IReadOnlyList<TomlError> Errors => errors;

    public TomlTable Parse()
    {
        section = root;
        while (offset < text.Length && errors.Count < TomlDocument.MaximumErrors)
        {
            depth = 0;
            try
            {
                ParseExpression();
            }
            catch (TomlSyntaxException fault)
            {
                errors.Add(new(PositionOf(fault.Offset), fault.Message));
                Recover();
            }
        }
        return root;
    }

    // expression = ws [ comment ] / ws keyval ws [ comment ] / ws table ws [ comment ]
    void ParseExpression()
    {
        SkipBlanks();
        if (Peek() is not (-1 or '#' or '\n' or '\r'))
        {
            if (Peek() == '[')
                ParseHeader();
            else
                ParseKeyValue(section, openDotted);
            SkipBlanks();
        }
        SkipComment();
        if (!TrySkipNewline() && Peek() >= 0)
            throw Fault(offset, $"{Describe(Peek())} after the end of the value; a new line is needed");
    }

    // std-table = [ key ], array-table = [[ key ]]
    void ParseHeader()
    {
        var start = offset;
        CloseDotted();
        // What follows a faulty header must not land in the section before it.
        section = new TomlTable(PositionOf(start));
        var ofTables = text.AsSpan(offset).StartsWith("[[");
        offset += ofTables ? 2 : 1;
        SkipBlanks();
        var key = ParseKey();
        SkipBlanks();
        Expect(ofTables ? "]]" : "]", $"the header of {Name(key)} is not closed; '{(ofTables ? "]]" : "]")}' is needed");
        var parent = Walk(key);
        section = ofTables ? AppendTable(parent, key[^1], start) : DefineTable(parent, key, start);
    }

    TomlTable Walk(List<KeyPart> key)
    {
        var table = root;
        foreach (var part in key[..^1])
        {
            var entry = table.Find(part.Text);
            if (entry is null)
            {
                entry = new(part.Text, PositionOf(part.Offset), new TomlTable(PositionOf(part.Offset)));
                table.TryAdd(entry);
            }
            table = entry.Value switch
            {
                TomlTable { Frozen: false } inner => inner,
                TomlArray { OfTables: true } array => (TomlTable)array.Items[^1],
                _ => throw Fault(part.Offset, $"'{part.Text}' is {entry.Value.Kind} since line {entry.KeyPosition.Line} and takes no sub-tables"),
            };
        }
        return table;
    }

    TomlTable DefineTable(TomlTable parent, List<KeyPart> key, int start)
    {
        var name = key[^1];
        var entry = parent.Find(name.Text);
        if (entry is null)
        {
            var table = new TomlTable(PositionOf(start)) { Defined = true };
            parent.TryAdd(new(name.Text, PositionOf(name.Offset), table));
            return table;
        }
        if (entry.Value is not TomlTable { Defined: false, Frozen: false } known)
            throw Fault(name.Offset, $"{Name(key)} is already defined in line {entry.KeyPosition.Line}");
        known.Defined = true;
        return known;
    }

    TomlTable AppendTable(TomlTable parent, KeyPart name, int start)
    {
        var entry = parent.Find(name.Text);
        if (entry is null)
        {
            entry = new(name.Text, PositionOf(name.Offset), new TomlArray(PositionOf(start)) { OfTables = true });
            parent.TryAdd(entry);
        }
        if (entry.Value is not TomlArray { OfTables: true } array)
            throw Fault(name.Offset, $"'{name.Text}' is {entry.Value.Kind} since line {entry.KeyPosition.Line} and cannot become an array of tables");
        var table = new TomlTable(PositionOf(start)) { Defined = true };
        array.Add(table);
        return table;
    }

    // keyval = key keyval-sep val
    void ParseKeyValue(TomlTable target, List<TomlTable> dotted)
    {
        var key = ParseKey();
        SkipBlanks();
        if (Peek() != '=')
            throw Fault(offset, $"{Describe(Peek())} after the key {Name(key)}; '=' is needed");
        offset++;
        SkipBlanks();
        var value = ParseValue();
        var table = target;
        foreach (var part in key[..^1])
            table = WalkDotted(table, part, dotted);
        var last = key[^1];
        if (!table.TryAdd(new(last.Text, PositionOf(last.Offset), value)))
            throw Fault(key[0].Offset, $"{Name(key)} is already set in line {table.Find(last.Text)!.KeyPosition.Line}");
    }

    TomlTable WalkDotted(TomlTable table, KeyPart part, List<TomlTable> dotted)
    {
        var entry = table.Find(part.Text);
        if (entry is null)
        {
            var created = new TomlTable(PositionOf(part.Offset));
            table.TryAdd(new(part.Text, PositionOf(part.Offset), created));
            dotted.Add(created);
            return created;
        }
        if (entry.Value is not TomlTable { Defined: false, Frozen: false } known)
            throw Fault(part.Offset, $"'{part.Text}' is {entry.Value.Kind} since line {entry.KeyPosition.Line} and cannot be added to by a dotted key");
        dotted.Add(known);
        return known;
    }

    void CloseDotted()
    {
        foreach (var table in openDotted)
            table.Defined = true;
        openDotted.Clear();
    }

    /// <summary>Skips to the next line; out of a broken array or string to the next line that looks like a key or a header.</summary>
    void Recover()
    {
        SkipLine();
        while (depth > 0 && offset < text.Length && !LineBeginsExpression())
            SkipLine();
    }

    bool LineBeginsExpression()
    {
        var end = text.IndexOf('\n', offset);
        var line = text.AsSpan(offset, (end < 0 ? text.Length : end) - offset).Trim();
        if (line is ['[', .., ']'])
            return !line.ContainsAny(NotInHeaders);
        var equals = line.IndexOf('=');
        return equals > 0 && !line[..equals].ContainsAny(NotInKeys);
    }

    void SkipLine()
    {
        var end = text.IndexOf('\n', offset);
        offset = end < 0 ? text.Length : end + 1;
    }
}
