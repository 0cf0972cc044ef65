using System.Runtime.InteropServices;

namespace Netronome.Output;

/// <summary>SIGINT and SIGTERM as a token: the first asks the verb to finish, a second SIGINT ends the process at once.</summary>
sealed class Interrupt : IDisposable
{
    readonly CancellationTokenSource source = new();
    readonly PosixSignalRegistration interrupt;
    readonly PosixSignalRegistration terminate;

    public Interrupt()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (source.IsCancellationRequested && context.Signal == PosixSignal.SIGINT)
            Environment.Exit(ExitCode.Interrupted);
        source.Cancel();
    }
}
