using System.CommandLine;
using System.CommandLine.Help;
using Netronome.Commands;

namespace Netronome.Output;

/// <summary>Runs a command line: help, version, colour, faults of usage, and what escapes a verb.</summary>
static class CommandLine
{
    const int MaximumHelpColumns = 100;

    /// <summary>Parses <paramref name="arguments"/>, runs the verb and returns the exit code.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var color = new Option<string>("--color") { Description = "When to use colour: always, never or auto", HelpName = "when", Recursive = true };
        color.AcceptOnlyFromAmong("always", "never", "auto");
        root.Add(color);
        // The original took --config before the verb as well; the verbs read it from here when theirs is absent.
        root.Add(ConfigOption.Root);
        root.SetAction(parse => WithoutVerb(parse, terminal));
        foreach (var option in root.Options)
        {
            if (option is VersionOption version)
                version.Action = new VersionAction(terminal);
            else if (option is HelpOption { Action: HelpAction help })
                help.MaxWidth = Math.Min(terminal.Columns, MaximumHelpColumns);
        }

        try
        {
            var parse = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parse.Errors.Count > 0 || UsageFault.OptionLikeArguments(parse).Count > 0)
                return UsageFault.Report(parse, terminal);
            terminal.Colour = ColourChoice.Decide(parse.GetValue(color), Environment.GetEnvironmentVariable, terminal.OutputIsTerminal);
            var invocation = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parse.InvokeAsync(invocation, cancellationToken);
        }
        catch (BrokenPipeException)
        {
            return ExitCode.BrokenPipe;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (Exception fault)
        {
            return terminal.Fail("", $"internal error, please report it: {fault}", ExitCode.Software);
        }
    }

    static int WithoutVerb(ParseResult parse, Terminal terminal)
    {
        // A unit file that says only "netronome --config=F" would end at once and look well.
        if (parse.GetValue(ConfigOption.Root) is { } path)
            return terminal.Fail("", $"no verb given; did you mean 'netronome serve --config {path}'?", ExitCode.Usage);
        return new HelpAction { MaxWidth = Math.Min(terminal.Columns, MaximumHelpColumns) }.Invoke(parse);
    }
}
