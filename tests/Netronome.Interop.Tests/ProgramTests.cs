using Netronome.TestLab;

namespace Netronome.Interop.Tests;

public sealed class ProgramTests
{
    static readonly CancellationToken Soon = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task The_program_starts_and_ends() =>
        (await NetronomeProgram.RunAsync(Soon, "version")).Succeeded();

    [Fact]
    public async Task The_program_starts_inside_a_lab_host_as_an_unprivileged_user()
    {
        using var lab = Lab.Create();
        var host = lab.AddHost("host");
        (await host.RunAsync(NetronomeProgram.Command("version").Unprivileged(), Soon)).Succeeded();
    }

    [Fact]
    public void Ports_are_given_once() => Assert.Equal(50, Enumerable.Range(0, 50).Select(_ => FreePort.Next()).Distinct().Count());
}
