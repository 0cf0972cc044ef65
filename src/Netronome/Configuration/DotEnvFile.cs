using System.Text;

namespace Netronome.Configuration;

/// <summary>
/// A <c>.env</c> file: <c>NAME=value</c> a line, <c>export</c> before it allowed, <c># comments</c>, values in no, 'single' or
/// "double" quotes; <c>$NAME</c> and <c>${NAME}</c> are replaced except in single quotes. Only our own variables are taken.
/// </summary>
static class DotEnvFile
{
    /// <summary>Calls <paramref name="set"/> for each variable of ours and <paramref name="fault"/> for each line of ours that cannot be read.</summary>
    public static void Read(string text, IReadOnlyDictionary<string, string> environment, Action<string, string, int> set, Action<int, string> fault)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var rawLine in text.Split('\n'))
        {
            number++;
            var line = rawLine.Trim();
            if (line.StartsWith("export ", StringComparison.Ordinal))
                line = line[7..].TrimStart();
            var equals = line.IndexOf('=');
            var name = equals < 0 ? line : line[..equals].TrimEnd();
            var ours = name.StartsWith(ConfigKey.Prefix, StringComparison.Ordinal);
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (equals < 0 || !TryReadValue(line[(equals + 1)..].Trim(), Expand, out var value))
            {
                if (ours)
                    fault(number, equals < 0 ? $"{name} has no '='" : $"the quote of {name} is not closed");
                continue;
            }
            known[name] = value;
            if (ours)
                set(name, value, number);
        }

        string Expand(string name) => known.GetValueOrDefault(name) ?? environment.GetValueOrDefault(name) ?? "";
    }

    static bool TryReadValue(string text, Func<string, string> expand, out string value)
    {
        value = "";
        if (text is not ['\'' or '"', ..])
        {
            var comment = text.IndexOf(" #", StringComparison.Ordinal);
            value = Replace(comment < 0 ? text : text[..comment].TrimEnd(), expand, escapes: false);
            return true;
        }
        var end = 1;
        while (end < text.Length && text[end] != text[0])
            end += text[0] == '"' && text[end] == '\\' ? 2 : 1;
        if (end >= text.Length)
            return false;
        var inner = text[1..end];
        value = text[0] == '\'' ? inner : Replace(inner, expand, escapes: true);
        return true;
    }

    static string Replace(string text, Func<string, string> expand, bool escapes)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (escapes && text[i] == '\\' && i + 1 < text.Length)
            {
                result.Append(text[++i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
                continue;
            }
            var start = text[i] == '$' ? i + (i + 1 < text.Length && text[i + 1] == '{' ? 2 : 1) : -1;
            var end = start;
            while (start >= 0 && end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_' || (end > start && char.IsAsciiDigit(text[end]))))
                end++;
            var braced = start == i + 2;
            if (start < 0 || end == start || (braced && (end == text.Length || text[end] != '}')))
            {
                result.Append(text[i]);
                continue;
            }
            result.Append(expand(text[start..end]));
            i = braced ? end : end - 1;
        }
        return result.ToString();
    }
}
