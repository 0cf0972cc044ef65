using Netronome.Configuration;
using Netronome.Output;

namespace Netronome.Commands;

/// <summary>Tells a person what is wrong with the configuration.</summary>
static class ConfigFaults
{
    /// <summary>Writes every fault and returns <see cref="ExitCode.Configuration"/>.</summary>
    public static int Report(Terminal terminal, string verb, ConfigReading reading)
    {
        foreach (var fault in reading.Faults)
            terminal.Fail(verb, fault.ToString(), ExitCode.Configuration);
        return ExitCode.Configuration;
    }
}
