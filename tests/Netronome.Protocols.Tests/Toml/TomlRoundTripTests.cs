using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Netronome.Protocols.Toml;

namespace Netronome.Protocols.Tests.Toml;

public sealed class TomlRoundTripTests
{
    static readonly TomlPosition Nowhere = new(1, 1);

    [Fact]
    public void What_the_writer_writes_the_parser_reads_back()
    {
        Prop.ForAll(Tables(3).ToArbitrary(), table =>
        {
            var text = TomlWriter.Write(table);
            var back = TomlDocument.Parse(Encoding.UTF8.GetBytes(text));
            return back.Errors.Count == 0 && Sorted(back.Root) == Sorted(table);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Random_text_of_the_languages_characters_never_throws_and_always_ends()
    {
        const string Alphabet = "[]{}\"'=.,#\\\n\r\t ab1_-+:TZxeinf0u\u0001å😀";
        var random = new Random(20_261_121);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new char[random.Next(1, 60)];
            for (var i = 0; i < text.Length; i++)
                text[i] = Alphabet[random.Next(Alphabet.Length)];
            _ = TomlDocument.Parse(new string(text));
        }
    }

    [Fact]
    public void A_damaged_document_never_throws()
    {
        var whole = Encoding.UTF8.GetBytes("""
            title = "x\u00e5"
            [a.b]
            list = [ 1, 2.5, { k = 'v' }, 1979-05-27T07:32:00Z ]
            [[c]]
            text = '''
            raw'''
            """);
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = (byte[])whole.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            _ = TomlDocument.Parse(bytes.AsSpan(0, random.Next(bytes.Length + 1)));
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a=")]
    [InlineData("a.")]
    [InlineData("[[1],")]
    public void Deep_nesting_is_an_error_and_no_stack_overflow(string opening)
    {
        var deep = string.Concat(Enumerable.Repeat(opening, 200_000));

        Assert.NotEmpty(TomlDocument.Parse($"x = {deep}").Errors);
        Assert.NotEmpty(TomlDocument.Parse(deep).Errors);
    }

    [Fact]
    public void A_megabyte_on_one_line_is_read_in_linear_time()
    {
        var text = $"å = 1\n'å' = [ {string.Concat(Enumerable.Repeat("'å😀', ", 150_000))} ]";
        var started = Stopwatch.GetTimestamp();

        var document = TomlDocument.Parse(text);

        Assert.Equal(150_000, ((TomlArray)document.Root.Find("å")!.Value).Items.Count);
        // Quadratic counting of columns would take minutes.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
    }

    // Tables come after plain values when written, so order is left out of the comparison.
    static string Sorted(TomlNode node) => node switch
    {
        TomlTable table => $"{{{string.Join(' ', table.Entries.Select(entry => $"{entry.Key}={Sorted(entry.Value)}").Order(StringComparer.Ordinal))}}}",
        TomlArray array => $"[{string.Join(' ', array.Items.Select(Sorted))}]",
        _ => TomlValuesTests.Show(node),
    };

    static Gen<TomlTable> Tables(int depth) =>
        from keys in Text().ArrayOf()
        from values in Values(depth).ArrayOf(keys.Length)
        select Build(keys, values);

    static TomlTable Build(string[] keys, TomlNode[] values)
    {
        var table = new TomlTable(Nowhere);
        foreach (var (key, value) in keys.Zip(values))
            table.TryAdd(new(key, Nowhere, value));
        return table;
    }

    static Gen<TomlNode> Values(int depth)
    {
        var plain = new List<Gen<TomlNode>>
        {
            from value in Text() select (TomlNode)new TomlString(value, Nowhere),
            from value in ArbMap.Default.GeneratorFor<long>() select (TomlNode)new TomlInteger(value, Nowhere),
            from value in ArbMap.Default.GeneratorFor<double>() select (TomlNode)new TomlFloat(value, Nowhere),
            from value in ArbMap.Default.GeneratorFor<bool>() select (TomlNode)new TomlBoolean(value, Nowhere),
            from ticks in Ticks() select (TomlNode)new TomlOffsetDateTime(new DateTimeOffset(ticks, TimeSpan.FromMinutes(-90)), Nowhere),
            from ticks in Ticks() select (TomlNode)new TomlLocalDateTime(new DateTime(ticks), Nowhere),
            from ticks in Ticks() select (TomlNode)new TomlLocalDate(DateOnly.FromDateTime(new DateTime(ticks)), Nowhere),
            from ticks in Ticks() select (TomlNode)new TomlLocalTime(TimeOnly.FromDateTime(new DateTime(ticks)), Nowhere),
        };
        if (depth > 0)
        {
            plain.Add(from table in Tables(depth - 1) select (TomlNode)table);
            plain.Add(from items in Values(depth - 1).ArrayOf() select (TomlNode)BuildArray(items));
        }
        return Gen.OneOf(plain);
    }

    static TomlArray BuildArray(TomlNode[] items)
    {
        var array = new TomlArray(Nowhere);
        foreach (var item in items)
            array.Add(item);
        return array;
    }

    static Gen<long> Ticks() => Gen.Choose(1, int.MaxValue).Select(part => part * 1_400_000_000L);

    static Gen<string> Text() => Gen.OneOf(
        Gen.Elements("", "a", "server", "with space", "quo\"te", "back\\slash", "line\nbreak", "\u0001\u007f\t\r", "å😀", "a.b", "#", "'''", "1.5"),
        Gen.Elements('a', 'Z', '9', '_', '-', '"', '\\', '\n', 'ø', '=').ArrayOf().Select(letters => new string(letters)));
}
