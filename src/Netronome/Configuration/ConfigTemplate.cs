using System.Text;

namespace Netronome.Configuration;

/// <summary>The file that <c>generate-config</c> writes: every key with its meaning, its variable and its default.</summary>
static class ConfigTemplate
{
    const int Columns = 100;

    /// <summary>Writes the file with some keys set to other values than their defaults.</summary>
    public static string Write(IReadOnlyDictionary<ConfigKey, string> set)
    {
        var text = new StringBuilder();
        Comment(text, "Configuration of Netronome. Check it with: netronome config check --config THIS_FILE");
        Comment(text, "The environment variable named beside a key wins over the file; secrets may also stand in a file of their own, named by the variable with _FILE at its end.");
        Comment(text, "A key behind # has no effect yet; it is listed because files of the original may hold it.");
        foreach (var section in ConfigKeys.All.Where(IsWritten).GroupBy(key => key.Section))
        {
            text.Append('\n').Append('[').Append(section.Key).Append("]\n");
            foreach (var key in section)
                WriteKey(text, key, set.GetValueOrDefault(key));
        }
        return text.ToString();
    }

    static bool IsWritten(ConfigKey key) => key.Effect is not (ConfigEffect.Deprecated or ConfigEffect.Removed);

    static void WriteKey(StringBuilder text, ConfigKey key, string? value)
    {
        var allowed = key.Shape is ConfigShape.Boolean || key.Allowed == "text" ? "" : $"{key.Allowed}; ";
        Comment(text, $"{key.Meaning} ({allowed}{key.Variable ?? "no variable"})");
        if (key.Effect is ConfigEffect.Later or ConfigEffect.Dead)
            text.Append("# ");
        text.Append(key.Name).Append(" = ").Append(key.Write(value ?? key.Default)).Append('\n');
    }

    static void Comment(StringBuilder text, string sentence)
    {
        var column = 0;
        foreach (var word in sentence.Split(' '))
        {
            if (column == 0 || column + 1 + word.Length > Columns)
            {
                text.Append(column == 0 ? "#" : "\n#");
                column = 1;
            }
            text.Append(' ').Append(word);
            column += 1 + word.Length;
        }
        text.Append('\n');
    }
}
