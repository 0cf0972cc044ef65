using System.Diagnostics;
using System.Globalization;

namespace Netronome.TestLab;

/// <summary>A child process whose lines can be waited for; killed when disposed.</summary>
public sealed class RunningProgram : IAsyncDisposable
{
    readonly Process process;
    readonly ProgramLines output = new();
    readonly ProgramLines error = new();
    readonly Task reading;

    RunningProgram(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(output.ReadAsync(process.StandardOutput), error.ReadAsync(process.StandardError));
    }

    /// <summary>The number of the program itself: the tools that set it up replace themselves by it.</summary>
    public int ProcessId => process.Id;

    /// <summary>Everything printed so far.</summary>
    public string Output => output.Text;

    public string Error => error.Text;

    public static RunningProgram Start(ProgramCommand command) => Start(command, namespaceName: null);

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProgramResult> RunAsync(ProgramCommand command, CancellationToken cancellationToken = default)
    {
        await using var program = Start(command);
        return await program.WaitAsync(cancellationToken);
    }

    /// <summary>Waits for a line of standard output that fits and returns it; fails with all output if the program ends before.</summary>
    public Task<string> LineAsync(Predicate<string> fits, CancellationToken cancellationToken = default) =>
        FirstAsync(output, fits, cancellationToken);

    /// <summary>Waits for a line of standard error that fits.</summary>
    public Task<string> ErrorLineAsync(Predicate<string> fits, CancellationToken cancellationToken = default) =>
        FirstAsync(error, fits, cancellationToken);

    /// <summary>Writes to standard input.</summary>
    public async Task WriteAsync(string text, CancellationToken cancellationToken = default)
    {
        await process.StandardInput.WriteAsync(text.AsMemory(), cancellationToken);
        await process.StandardInput.FlushAsync(cancellationToken);
    }

    public void CloseInput() => process.StandardInput.Close();

    /// <summary>Sends a signal by its number: 2 is INT, 15 is TERM, 9 is KILL.</summary>
    public void Signal(int signal)
    {
        if (!process.HasExited && Libc.Kill(process.Id, signal) != 0)
        {
            throw Libc.Failed($"kill {signal}");
        }
    }

    /// <summary>Waits until the program has ended and everything it printed was read.</summary>
    public async Task<ProgramResult> WaitAsync(CancellationToken cancellationToken = default)
    {
        await process.WaitForExitAsync(cancellationToken);
        await reading.WaitAsync(cancellationToken);
        return new ProgramResult(process.ExitCode, Output, Error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            _ = Libc.Kill(process.Id, Libc.SignalKill);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    internal static RunningProgram Start(ProgramCommand command, string? namespaceName)
    {
        var words = new List<string>();
        if (namespaceName is not null)
        {
            words.AddRange([Found("ip"), "netns", "exec", namespaceName]);
        }

        if (command.UserId is { } user)
        {
            var id = user.ToString(CultureInfo.InvariantCulture);
            words.AddRange([Found("setpriv"), "--reuid", id, "--regid", id, "--clear-groups"]);
            if (command.Capabilities.Count > 0)
            {
                var kept = string.Join(',', command.Capabilities.Select(name => $"+{name}"));
                words.AddRange(["--inh-caps", kept, "--ambient-caps", kept]);
            }

            words.Add("--");
        }

        words.AddRange([Found(command.Program), .. command.Arguments]);
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = command.WorkingFolder ?? "",
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(Process.Start(start)!);
    }

    static string Found(string program) => program.Contains('/', StringComparison.Ordinal)
        ? program
        : Tool.Find(program) ?? throw new LabException($"{program} is not installed (run tests/install-tools.sh).");

    async Task<string> FirstAsync(ProgramLines lines, Predicate<string> fits, CancellationToken cancellationToken) =>
        await lines.FirstAsync(fits, cancellationToken)
        ?? throw new LabException($"{process.StartInfo.FileName} ended before it printed the line.\n{Error}\n{Output}");
}
