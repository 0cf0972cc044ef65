namespace Netronome.TestLab.Tests;

public sealed class TeardownTests
{
    [Fact]
    public async Task A_lab_leaves_no_namespace_and_no_program_behind()
    {
        string name;
        RunningProgram sleeper;
        await using (var lab = Lab.Create())
        {
            var a = lab.AddHost("a");
            lab.Link(a, lab.AddHost("b"), new LinkConditions { Delay = TimeSpan.FromMilliseconds(1) });
            name = a.NamespaceName;
            sleeper = a.Start(new ProgramCommand("sleep", "600"));
            Assert.Contains(name, LabNames.Existing());
        }

        Assert.Equal(128 + Libc.SignalKill, (await sleeper.WaitAsync()).ExitCode);
        Assert.DoesNotContain(LabNames.Existing(), existing => existing.StartsWith(name[..^1], StringComparison.Ordinal));
    }

    [Fact]
    public void A_lab_is_torn_down_when_building_it_fails_half_way()
    {
        var name = "";
        Assert.Throws<LabException>(() =>
        {
            using var lab = Lab.Create();
            name = lab.AddHost("a").NamespaceName;
            lab.AddHost("not a name");
        });
        Assert.NotEqual("", name);
        Assert.DoesNotContain(name, LabNames.Existing());
    }

    [Fact]
    public async Task The_next_lab_removes_what_a_killed_owner_left()
    {
        await using var owner = RunningProgram.Start(
            new ProgramCommand("dotnet", Path.Combine(AppContext.BaseDirectory, "Netronome.TestLab.dll")));
        await owner.LineAsync(line => line.StartsWith("ready", StringComparison.Ordinal));
        var mine = Of(owner.ProcessId);
        Assert.Equal(3, mine.Count);

        using (Lab.Create())
        {
            Assert.Equal(3, Of(owner.ProcessId).Count);
        }

        owner.Signal(Libc.SignalKill);
        await owner.WaitAsync();
        using (Lab.Create())
        {
            Assert.Empty(Of(owner.ProcessId));
        }
    }

    [Fact]
    public async Task An_owner_that_ends_in_order_leaves_nothing()
    {
        await using var owner = RunningProgram.Start(
            new ProgramCommand("dotnet", Path.Combine(AppContext.BaseDirectory, "Netronome.TestLab.dll"), "0", "0"));
        await owner.LineAsync(line => line.StartsWith("ready", StringComparison.Ordinal));
        owner.Signal(15);
        await owner.WaitAsync();
        Assert.Empty(Of(owner.ProcessId));
    }

    static List<string> Of(int owner) => [.. LabNames.Existing().Where(name => name.StartsWith($"nl-{owner}-", StringComparison.Ordinal))];
}
