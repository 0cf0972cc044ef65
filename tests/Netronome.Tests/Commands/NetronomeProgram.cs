using Netronome.TestLab;

namespace Netronome.Tests.Commands;

/// <summary>The real program, as a process, with a home and a working directory of its own.</summary>
static class NetronomeProgram
{
    static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "netronome.exe" : "netronome");

    public static ProgramCommand Command(string folder, params string[] arguments) => new(Path, arguments)
    {
        WorkingFolder = folder,
        Environment = new Dictionary<string, string?>
        {
            ["HOME"] = folder, ["XDG_CONFIG_HOME"] = null, ["NO_COLOR"] = null, ["FORCE_COLOR"] = null, ["JOURNAL_STREAM"] = null,
        },
    };

    public static async Task<ProgramResult> RunAsync(string folder, params string[] arguments)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        await using var program = RunningProgram.Start(Command(folder, arguments));
        program.CloseInput();
        return await program.WaitAsync(patience.Token);
    }

    public static async Task<ProgramResult> RunWithInputAsync(string folder, string input, params string[] arguments)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        await using var program = RunningProgram.Start(Command(folder, arguments));
        await program.WriteAsync(input, patience.Token);
        program.CloseInput();
        return await program.WaitAsync(patience.Token);
    }
}
