using System.Text;
using Netronome.Configuration;

namespace Netronome.Tests.Configuration;

/// <summary>docs/configuration.md lists every key. Run with NETRONOME_TEST_UPDATE=1 to write the list anew.</summary>
public sealed class DocumentationTests
{
    const string Begin = "<!-- keys: written by DocumentationTests -->\n";
    const string End = "<!-- end of keys -->\n";

    [Fact]
    public void The_documentation_lists_every_key_as_the_table_has_it()
    {
        var path = Path.Combine(Root(), "docs", "configuration.md");
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var expected = Table();
        if (Environment.GetEnvironmentVariable("NETRONOME_TEST_UPDATE") == "1")
            File.WriteAllText(path, text[..begin] + expected + text[end..]);
        else
            Assert.Equal(expected, text[begin..end]);
    }

    static string Table()
    {
        var text = new StringBuilder();
        foreach (var section in ConfigKeys.All.GroupBy(key => key.Section))
        {
            text.Append("\n### [").Append(section.Key).Append("]\n\n");
            text.Append("| key | default | allowed | variable | what it is for |\n|---|---|---|---|---|\n");
            foreach (var key in section)
                text.Append($"| `{key.Name}` | `{key.Write(key.Default)}` | {key.Allowed} | {Variable(key)} | {key.Meaning}{Effect(key)} |\n");
        }
        return text.Append('\n').ToString();
    }

    static string Variable(ConfigKey key) =>
        key.Variable is null ? "–" : key.FileVariable is null ? $"`{key.Variable}`" : $"`{key.Variable}`, `{key.FileVariable}`";

    static string Effect(ConfigKey key) => key.Effect switch
    {
        ConfigEffect.Active => key.Ours ? " *Not in the original.*" : "",
        ConfigEffect.Unneeded => " **Not needed.**",
        ConfigEffect.Later => key.Ours ? " **No effect yet.** *Not in the original.*" : " **No effect yet.**",
        ConfigEffect.Dead => " **No effect, here as in the original.**",
        ConfigEffect.Deprecated => $" **Deprecated:** write `{key.Replacement ?? "tailscale.method"}`.",
        _ => " **Removed:** accepted, without effect.",
    };

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Netronome.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository's root was not found.");
        return folder;
    }
}
