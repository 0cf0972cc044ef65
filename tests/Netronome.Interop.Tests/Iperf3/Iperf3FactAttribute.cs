using Netronome.TestLab;

namespace Netronome.Interop.Tests.Iperf3;

/// <summary>A test against the system's iperf3; skipped, with what to install, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class Iperf3FactAttribute : FactAttribute
{
    public Iperf3FactAttribute() => Skip = Iperf3Server.Missing;
}

/// <inheritdoc cref="Iperf3FactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
sealed class Iperf3TheoryAttribute : TheoryAttribute
{
    public Iperf3TheoryAttribute() => Skip = Iperf3Server.Missing;
}
