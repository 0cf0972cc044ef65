using System.CommandLine;
using System.CommandLine.Invocation;

namespace Netronome.Output;

/// <summary><c>--version</c>: one line.</summary>
sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        terminal.Out.WriteLine(ProgramVersion.Current);
        return ExitCode.Success;
    }
}
