using System.CommandLine;
using System.CommandLine.Parsing;

namespace Netronome.Output;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
static class UsageFault
{
    /// <summary>Writes every fault of <paramref name="parse"/> and returns <see cref="ExitCode.Usage"/>.</summary>
    public static int Report(ParseResult parse, Terminal terminal)
    {
        var command = parse.CommandResult.Command;
        var verb = VerbOf(parse.CommandResult);
        foreach (var token in parse.UnmatchedTokens.Concat(OptionLikeArguments(parse)))
            terminal.Fail(verb, DescribeUnknown(token, command, parse.CommandResult), ExitCode.Usage);
        foreach (var error in parse.Errors.Where(error => !IsAboutUnmatched(error, parse)))
            terminal.Fail(verb, error.Message, ExitCode.Usage);
        var path = verb.Length == 0 ? "netronome" : $"netronome {verb}";
        terminal.Error.WriteLine($"Try '{path} --help'.");
        return ExitCode.Usage;
    }

    /// <summary>
    /// Arguments that look like options: an argument that takes many values takes a misspelt option too. No verb has a use for them
    /// except after <c>--</c>, where it judges itself.
    /// </summary>
    public static IReadOnlyList<string> OptionLikeArguments(ParseResult parse)
    {
        var beforeDashes = parse.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToHashSet();
        return [.. parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Where(token => token.Value is ['-', _, ..] && beforeDashes.Contains(token)).Select(token => token.Value)];
    }

    static string DescribeUnknown(string token, Command command, CommandResult result)
    {
        var isOption = token.Length > 1 && token[0] == '-';
        // "--cuont=3" is the option "--cuont".
        var name = isOption ? token.Split('=', ':')[0] : token;
        var candidates = isOption ? OptionNames(result) : command.Subcommands.SelectMany(child => child.Aliases.Prepend(child.Name));
        var nearest = NearestName.Find(name, candidates);
        var kind = isOption ? "unknown option" : command.Subcommands.Count > 0 ? "unknown verb" : "unexpected argument";
        return nearest is null ? $"{kind} '{name}'" : $"{kind} '{name}'; did you mean '{nearest}'?";
    }

    static IEnumerable<string> OptionNames(CommandResult result)
    {
        var own = result.Command.Options;
        var inherited = Ancestors(result).SelectMany(parent => parent.Options).Where(option => option.Recursive);
        return own.Concat(inherited).SelectMany(option => option.Aliases.Prepend(option.Name)).Where(name => name.StartsWith('-'));
    }

    static IEnumerable<Command> Ancestors(CommandResult result)
    {
        for (var parent = result.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
            yield return parent.Command;
    }

    static string VerbOf(CommandResult result) =>
        string.Join(' ', Ancestors(result).Reverse().Append(result.Command).Skip(1).Select(command => command.Name));

    static bool IsAboutUnmatched(ParseError error, ParseResult parse) =>
        parse.UnmatchedTokens.Concat(OptionLikeArguments(parse)).Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal));
}
