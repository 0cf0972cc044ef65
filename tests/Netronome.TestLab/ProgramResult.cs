namespace Netronome.TestLab;

/// <summary>What a program left when it ended. Death by signal N is exit code 128 + N, as in a shell.</summary>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>The result itself if the program ended well; otherwise an exception with what it said.</summary>
    public ProgramResult Succeeded() => ExitCode == 0
        ? this
        : throw new LabException($"The program ended with {ExitCode}.\n{Error}\n{Output}");
}
