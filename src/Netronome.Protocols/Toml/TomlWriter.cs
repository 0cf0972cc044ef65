using System.Globalization;
using System.Text;

namespace Netronome.Protocols.Toml;

/// <summary>Writes values and whole tables so that <see cref="TomlDocument.Parse(string)"/> reads the same back.</summary>
public static class TomlWriter
{
    /// <summary>A document: plain values first, then each table under its header; tables inside arrays are written inline.</summary>
    public static string Write(TomlTable table)
    {
        var text = new StringBuilder();
        WriteSection(text, table, "");
        return text.ToString();
    }

    /// <summary>A value on one line.</summary>
    public static string FormatValue(TomlNode value) => value switch
    {
        TomlString node => FormatString(node.Value),
        TomlInteger node => node.Value.ToString(CultureInfo.InvariantCulture),
        TomlFloat node => FormatFloat(node.Value),
        TomlBoolean node => node.Value ? "true" : "false",
        TomlOffsetDateTime node => node.Value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        TomlLocalDateTime node => node.Value.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TomlLocalDate node => node.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TomlLocalTime node => node.Value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TomlArray node => $"[{string.Join(", ", node.Items.Select(FormatValue))}]",
        TomlTable { Entries.Count: 0 } => "{}",
        TomlTable node => $"{{ {string.Join(", ", node.Entries.Select(entry => $"{FormatKey(entry.Key)} = {FormatValue(entry.Value)}"))} }}",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };

    /// <summary>A key, in quotes when it needs them.</summary>
    public static string FormatKey(string key) =>
        key.Length > 0 && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-') ? key : FormatString(key);

    /// <summary>A basic string with its escapes.</summary>
    public static string FormatString(string value)
    {
        var text = new StringBuilder("\"", value.Length + 2);
        foreach (var letter in value)
        {
            _ = letter switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or '\x7F' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}"),
                _ => text.Append(letter),
            };
        }
        return text.Append('"').ToString();
    }

    static void WriteSection(StringBuilder text, TomlTable table, string path)
    {
        foreach (var entry in table.Entries.Where(entry => entry.Value is not TomlTable))
            text.Append(FormatKey(entry.Key)).Append(" = ").Append(FormatValue(entry.Value)).Append('\n');
        foreach (var entry in table.Entries)
        {
            if (entry.Value is not TomlTable inner)
                continue;
            var name = path.Length == 0 ? FormatKey(entry.Key) : $"{path}.{FormatKey(entry.Key)}";
            if (text.Length > 0)
                text.Append('\n');
            text.Append('[').Append(name).Append("]\n");
            WriteSection(text, inner, name);
        }
    }

    static string FormatFloat(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        var digits = value.ToString("R", CultureInfo.InvariantCulture);
        // An integer's digits would read back as an integer.
        return digits.AsSpan().ContainsAny('.', 'E') ? digits : $"{digits}.0";
    }
}
