using System.CommandLine;

namespace Netronome.Commands;

/// <summary><c>--config F</c>, before or after the verb.</summary>
static class ConfigOption
{
    /// <summary>The one before the verb.</summary>
    public static Option<string> Root { get; } = Create();

    /// <summary>A verb's own.</summary>
    public static Option<string> Create() =>
        new("--config") { Description = "Configuration file (default: the first of the usual places)", HelpName = "file" };

    /// <summary>The file named on the command line, or null.</summary>
    public static string? Read(ParseResult parse, Option<string> own) => parse.GetValue(own) ?? parse.GetValue(Root);
}
