using Netronome.Protocols.Toml;

namespace Netronome.Protocols.Tests.Toml;

public sealed class TomlTablesTests
{
    [Theory]
    [InlineData("", "{}")]
    [InlineData("# only a comment", "{}")]
    [InlineData("\r\n\t\n", "{}")]
    [InlineData("a = 1 # one\r\nb = 2", "{a=integer:1 b=integer:2}")]
    [InlineData("\"\" = 1\n'quoted key' = 2\n\"tab\\t\" = 3\n1234 = 4\n-_- = 5", "{=integer:1 quoted key=integer:2 tab\t=integer:3 1234=integer:4 -_-=integer:5}")]
    [InlineData("fruit . 'color' . \"x\" = 1\nfruit.y=2", "{fruit={color={x=integer:1} y=integer:2}}")]
    [InlineData("3.14 = 'pi'", "{3={14=string:pi}}")]
    [InlineData("[a]\nx=1\n[ b . 'c.d' ]\ny=2", "{a={x=integer:1} b={c.d={y=integer:2}}}")]
    [InlineData("[a.b]\nx=1\n[a]\ny=2", "{a={b={x=integer:1} y=integer:2}}")]
    [InlineData("[a.b.c]\nx=1\n[a]\nb.y=2", "{a={b={c={x=integer:1} y=integer:2}}}")]
    [InlineData("[[p]]\nn=1\n[[p]]\n[[p]]\nn=3", "{p=[{n=integer:1} {} {n=integer:3}]}")]
    [InlineData("[[f]]\nn=1\n[f.physical]\nc='red'\n[[f.v]]\nn='a'\n[[f.v]]\nn='b'\n[[f]]\n[[f.v]]\nn='c'",
        "{f=[{n=integer:1 physical={c=string:red} v=[{n=string:a} {n=string:b}]} {v=[{n=string:c}]}]}")]
    [InlineData("[fruit]\napple.color = 1\napple.taste.sweet = true\n[fruit.apple.texture]\nsmooth = true",
        "{fruit={apple={color=integer:1 taste={sweet=boolean:True} texture={smooth=boolean:True}}}}")]
    [InlineData("\uFEFFa = 1", "{a=integer:1}")]
    public void Tables_and_keys_of_the_specification_are_read(string text, string expected)
    {
        var document = TomlDocument.Parse(System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Empty(document.Errors);
        Assert.Equal(expected, TomlValuesTests.Show(document.Root));
    }

    [Theory]
    [InlineData("a = 1\na = 2", 2, 1)]
    [InlineData("a = 1\n\"a\" = 2", 2, 1)]
    [InlineData("a = 1\na.b = 2", 2, 1)]
    [InlineData("a.b = 1\na = 2", 2, 1)]
    [InlineData("[a]\n[a]", 2, 2)]
    [InlineData("[a]\nb = 1\n[a.b]", 3, 4)]
    [InlineData("a = 1\n[a]", 2, 2)]
    [InlineData("a = 1\n[a.b]", 2, 2)]
    [InlineData("a = {}\n[a.b]", 2, 2)]
    [InlineData("a = { b = 1 }\na.c = 2", 2, 1)]
    [InlineData("a.b = 1\n[a]", 2, 2)]
    [InlineData("[fruit]\napple.color = 1\n[fruit.apple]", 3, 8)]
    [InlineData("[fruit]\napple.taste.sweet = 1\n[fruit.apple.taste]", 3, 14)]
    [InlineData("[a.b.c]\nz=9\n[a]\nb.c.t = 1", 4, 3)]
    [InlineData("[[a.b]]\n[a]\nb.y = 2", 3, 1)]
    [InlineData("[[a]]\n[a]", 2, 2)]
    [InlineData("[a]\n[[a]]", 2, 3)]
    [InlineData("a = []\n[[a]]", 2, 3)]
    [InlineData("[a.b]\n[[a]]", 2, 3)]
    [InlineData("[]", 1, 2)]
    [InlineData("[a.]", 1, 4)]
    [InlineData("[a", 1, 3)]
    [InlineData("[[a]", 1, 4)]
    [InlineData("[a]]", 1, 4)]
    [InlineData("[a] b = 1", 1, 5)]
    [InlineData("= 1", 1, 1)]
    [InlineData("a", 1, 2)]
    [InlineData("a b = 1", 1, 3)]
    [InlineData("a..b = 1", 1, 3)]
    [InlineData(".a = 1", 1, 1)]
    [InlineData("å = 1", 1, 1)]
    [InlineData("\"\"\"a\"\"\" = 1", 1, 1)]
    [InlineData("a = 1\rb = 2", 1, 6)]
    [InlineData("'x😀' = 1 2", 1, 10)]
    public void A_fault_of_structure_is_refused_at_its_line_and_column(string text, int line, int column)
    {
        var document = TomlDocument.Parse(text);

        var error = Assert.Single(document.Errors);
        Assert.Equal(new TomlPosition(line, column), error.Position);
    }

    [Fact]
    public void Keys_and_values_know_where_they_stand()
    {
        var document = TomlDocument.Parse("[server]\n  port =  7575\n  'å😀'.x = [ 'a',\n 'b' ]");

        var server = document.Root.Find("server")!;
        Assert.Equal(new TomlPosition(1, 2), server.KeyPosition);
        var port = ((TomlTable)server.Value).Find("port")!;
        Assert.Equal(new TomlPosition(2, 3), port.KeyPosition);
        Assert.Equal(new TomlPosition(2, 11), port.Value.Position);
        var list = ((TomlTable)((TomlTable)server.Value).Find("å😀")!.Value).Find("x")!;
        Assert.Equal(new TomlPosition(3, 8), list.KeyPosition);
        Assert.Equal(new TomlPosition(4, 2), ((TomlArray)list.Value).Items[1].Position);
    }

    [Fact]
    public void Every_fault_of_a_file_is_reported_and_what_is_well_is_kept()
    {
        var document = TomlDocument.Parse("""
            a = tru
            b = 2
            [c
            d = 4
            [e]
            list = [ 1,
              2 3,
            ]
            f = 'open
            g = 7
            """);

        Assert.Equal([1, 3, 7, 9], document.Errors.Select(error => error.Position.Line));
        Assert.Equal("integer:2", TomlValuesTests.Show(document.Root.Find("b")!.Value));
        Assert.Equal("{g=integer:7}", TomlValuesTests.Show(document.Root.Find("e")!.Value));
    }

    [Fact]
    public void A_byte_that_is_not_UTF_8_is_refused_at_its_place()
    {
        var document = TomlDocument.Parse([.. "a = 1\nb = \"å"u8, 0xC3, .. "\"\n"u8]);

        var error = Assert.Single(document.Errors);
        Assert.Equal(new TomlPosition(2, 7), error.Position);
    }

    [Fact]
    public void Faults_are_counted_only_up_to_a_limit()
    {
        var document = TomlDocument.Parse(string.Concat(Enumerable.Repeat("!\n", 10_000)));

        Assert.Equal(TomlDocument.MaximumErrors, document.Errors.Count);
    }
}
