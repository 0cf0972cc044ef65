using Netronome.TestLab;

namespace Netronome.Interop.Tests;

/// <summary>The built program, as a user runs it: copied beside the tests by the project reference.</summary>
static class NetronomeProgram
{
    const string File = "netronome.dll";

    /// <summary>
    /// A command line of netronome, to be run here (<see cref="RunningProgram"/>) or inside a lab host. Colours, the user's
    /// own configuration and the outer environment's NETRONOME variables are kept away from it.
    /// </summary>
    internal static ProgramCommand Command(params IReadOnlyList<string> arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, File);
        if (!System.IO.File.Exists(path))
        {
            throw new LabException($"{path} is missing: build the solution first.");
        }

        var environment = new Dictionary<string, string?> { ["NO_COLOR"] = "1", ["DOTNET_gcServer"] = "0" };
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (name.StartsWith("NETRONOME__", StringComparison.Ordinal))
            {
                environment[name] = null;
            }
        }

        return new ProgramCommand(Dotnet(), [path, .. arguments]) { Environment = environment };
    }

    /// <summary>Runs netronome to its end outside of any lab.</summary>
    internal static Task<ProgramResult> RunAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        RunningProgram.RunAsync(Command(arguments), cancellationToken);

    /// <summary>The dotnet that runs these tests.</summary>
    static string Dotnet() => Path.GetFileName(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
}
