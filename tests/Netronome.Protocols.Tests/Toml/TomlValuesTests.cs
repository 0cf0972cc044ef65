using System.Globalization;
using Netronome.Protocols.Toml;

namespace Netronome.Protocols.Tests.Toml;

public sealed class TomlValuesTests
{
    // Left: a value as written in a document. Right: the value in the words of Show below.
    [Theory]
    [InlineData("\"\"", "string:")]
    [InlineData("\"a\\tb\\n\\\"\\\\\\u00e5\\U0001F600\"", "string:a\tb\n\"\\å😀")]
    [InlineData("\"\\x41\\e[0m\"", "string:A\u001b[0m")]
    [InlineData("'C:\\temp\\n'", "string:C:\\temp\\n")]
    [InlineData("\"\"\"\nfirst\nsecond\"\"\"", "string:first\nsecond")]
    [InlineData("\"\"\"one \\\n   \t\n   two\"\"\"", "string:one two")]
    [InlineData("\"\"\"a \"quoted\" and \"\"two\"\" end\"\"\"\"\"", "string:a \"quoted\" and \"\"two\"\" end\"\"")]
    [InlineData("'''\r\nraw \\ 'x' ''y'''''", "string:raw \\ 'x' ''y''")]
    [InlineData("\"\"\"\"\"\"", "string:")]
    [InlineData("''''''", "string:")]
    [InlineData("0", "integer:0")]
    [InlineData("+99", "integer:99")]
    [InlineData("-0", "integer:0")]
    [InlineData("1_000_000", "integer:1000000")]
    [InlineData("9223372036854775807", "integer:9223372036854775807")]
    [InlineData("-9223372036854775808", "integer:-9223372036854775808")]
    [InlineData("0xDEAD_beef", "integer:3735928559")]
    [InlineData("0o755", "integer:493")]
    [InlineData("0b1101_0110", "integer:214")]
    [InlineData("0x7fffffffffffffff", "integer:9223372036854775807")]
    [InlineData("3.1415", "float:3.1415")]
    [InlineData("-0.01", "float:-0.01")]
    [InlineData("5e+22", "float:5E+22")]
    [InlineData("1e06", "float:1000000")]
    [InlineData("6.626e-34", "float:6.626E-34")]
    [InlineData("224_617.445_991_228", "float:224617.445991228")]
    [InlineData("inf", "float:Infinity")]
    [InlineData("-inf", "float:-Infinity")]
    [InlineData("+nan", "float:NaN")]
    [InlineData("true", "boolean:True")]
    [InlineData("false", "boolean:False")]
    [InlineData("1979-05-27T07:32:00Z", "offset:1979-05-27T07:32:00.0000000+00:00")]
    [InlineData("1979-05-27t00:32:00.999999-07:00", "offset:1979-05-27T00:32:00.9999990-07:00")]
    [InlineData("1979-05-27 07:32:00z", "offset:1979-05-27T07:32:00.0000000+00:00")]
    [InlineData("1979-05-27 07:32z", "offset:1979-05-27T07:32:00.0000000+00:00")]
    [InlineData("2000-02-29T00:00:00+23:59", "offset:2000-02-28T00:01:00.0000000+00:00")]
    [InlineData("1979-05-27T07:32:00", "datetime:1979-05-27T07:32:00.0000000")]
    [InlineData("1979-05-27 00:32:00.12345678901", "datetime:1979-05-27T00:32:00.1234567")]
    [InlineData("1979-05-27", "date:1979-05-27")]
    [InlineData("07:32:00", "time:07:32:00.0000000")]
    [InlineData("00:32:00.999999", "time:00:32:00.9999990")]
    [InlineData("07:32", "time:07:32:00.0000000")]
    [InlineData("[]", "[]")]
    [InlineData("[ 1, 2, 3, ]", "[integer:1 integer:2 integer:3]")]
    [InlineData("[\n  1, # one\n\n  [ 'a', \"b\" ], # nested\n]", "[integer:1 [string:a string:b]]")]
    [InlineData("[ 1, 'mixed', 0.5, { x = 1 } ]", "[integer:1 string:mixed float:0.5 {x=integer:1}]")]
    [InlineData("{}", "{}")]
    [InlineData("{ first = 'Tom', last.x = 'P', last.y = 1 }", "{first=string:Tom last={x=string:P y=integer:1}}")]
    [InlineData("{\n a = 1, # one\n b = 2,\n}", "{a=integer:1 b=integer:2}")]
    public void A_value_of_the_specification_is_read(string written, string expected)
    {
        var document = TomlDocument.Parse($"key = {written}");

        Assert.Empty(document.Errors);
        Assert.Equal(expected, Show(document.Root.Find("key")!.Value));
    }

    [Theory]
    [InlineData("01")]
    [InlineData("+0x1")]
    [InlineData("0x")]
    [InlineData("0xG")]
    [InlineData("0b2")]
    [InlineData("0o8")]
    [InlineData("0X1")]
    [InlineData("0x_1")]
    [InlineData("0x1_")]
    [InlineData("1__0")]
    [InlineData("_1")]
    [InlineData("1_")]
    [InlineData("9223372036854775808")]
    [InlineData("0xffffffffffffffff")]
    [InlineData("--1")]
    [InlineData("+-1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("3.e+20")]
    [InlineData("1e")]
    [InlineData("1e_1")]
    [InlineData("1._5")]
    [InlineData("03.14")]
    [InlineData("1.2.3")]
    [InlineData("Inf")]
    [InlineData("True")]
    [InlineData("yes")]
    [InlineData("tru")]
    [InlineData("bare")]
    [InlineData("\"open")]
    [InlineData("'open")]
    [InlineData("\"\"\"open")]
    [InlineData("'''open''")]
    [InlineData("\"\\q\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\uD800\"")]
    [InlineData("\"\\U00110000\"")]
    [InlineData("\"a\u0001b\"")]
    [InlineData("'a\u007fb'")]
    [InlineData("\"\"\"a\u0000b\"\"\"")]
    [InlineData("\"\"\"a\"\"\"\"\"\"")]
    [InlineData("\"a\rb\"")]
    [InlineData("[1, 2")]
    [InlineData("[1 2]")]
    [InlineData("[,]")]
    [InlineData("[1,,2]")]
    [InlineData("[1]]")]
    [InlineData("{ a = 1")]
    [InlineData("{ a = 1 b = 2 }")]
    [InlineData("{ a }")]
    [InlineData("{ , }")]
    [InlineData("{ a = 1, a = 2 }")]
    [InlineData("{ a = 1, a.b = 2 }")]
    [InlineData("{ a.b = 2, a = 1 }")]
    [InlineData("{ a = { x = 1 }, a.y = 2 }")]
    [InlineData("1979-13-01")]
    [InlineData("1979-02-30")]
    [InlineData("1900-02-29")]
    [InlineData("0000-01-01")]
    [InlineData("1979-5-27")]
    [InlineData("1979-05-27T")]
    [InlineData("1979-05-27T24:00:00")]
    [InlineData("1979-05-27T23:60:00")]
    [InlineData("1979-05-27T23:59:61Z")]
    [InlineData("1979-05-27T07:32:00.")]
    [InlineData("1979-05-27T07:32:00+1:00")]
    [InlineData("1979-05-27T07:32:00+24:00")]
    [InlineData("1979-05-27T07:32:00ZZ")]
    [InlineData("7:32:00")]
    [InlineData("")]
    [InlineData("# nothing")]
    [InlineData("1 2")]
    [InlineData("1 # \u0001")]
    public void A_faulty_value_is_refused_with_its_place(string written)
    {
        var document = TomlDocument.Parse($"key = {written}\n");

        Assert.NotEmpty(document.Errors);
        Assert.All(document.Errors, error => Assert.InRange(error.Position.Line, 1, 3));
        Assert.All(document.Errors, error => Assert.True(error.Message.Length > 5));
    }

    internal static string Show(TomlNode node) => node switch
    {
        TomlString value => $"string:{value.Value}",
        TomlInteger value => string.Create(CultureInfo.InvariantCulture, $"integer:{value.Value}"),
        TomlFloat value => string.Create(CultureInfo.InvariantCulture, $"float:{value.Value}"),
        TomlBoolean value => $"boolean:{value.Value}",
        TomlOffsetDateTime value => $"offset:{value.Value:O}",
        TomlLocalDateTime value => $"datetime:{value.Value:O}",
        TomlLocalDate value => $"date:{value.Value:O}",
        TomlLocalTime value => $"time:{value.Value:O}",
        TomlArray value => $"[{string.Join(' ', value.Items.Select(Show))}]",
        TomlTable value => $"{{{string.Join(' ', value.Entries.Select(entry => $"{entry.Key}={Show(entry.Value)}"))}}}",
        _ => throw new InvalidOperationException(node.Kind),
    };
}
