namespace Netronome.TestLab.Tests;

public sealed class RunningProgramTests
{
    [Fact]
    public async Task Output_errors_and_exit_code_are_kept()
    {
        var result = await RunningProgram.RunAsync(new ProgramCommand("sh", "-c", "echo out; echo err >&2; exit 3"));
        Assert.Equal(new ProgramResult(3, "out\n", "err\n"), result);
        Assert.Throws<LabException>(() => result.Succeeded());
    }

    [Fact]
    public async Task A_line_can_be_waited_for_and_a_signal_sent()
    {
        await using var program = RunningProgram.Start(new ProgramCommand("sh", "-c", "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done"));
        await program.LineAsync(line => line == "ready");
        program.Signal(15);
        Assert.Equal("ready\nbye\n", (await program.WaitAsync()).Succeeded().Output);
    }

    [Fact]
    public async Task Waiting_for_a_line_that_never_comes_fails_with_what_was_said()
    {
        await using var program = RunningProgram.Start(new ProgramCommand("sh", "-c", "echo something else"));
        var failure = await Assert.ThrowsAsync<LabException>(() => program.LineAsync(line => line == "ready"));
        Assert.Contains("something else", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Death_by_a_signal_is_its_number_and_128()
    {
        await using var program = RunningProgram.Start(new ProgramCommand("sleep", "600"));
        program.Signal(9);
        Assert.Equal(137, (await program.WaitAsync()).ExitCode);
    }

    [Fact]
    public async Task Standard_input_and_variables_reach_the_program()
    {
        await using var program = RunningProgram.Start(new ProgramCommand("sh", "-c", "read line; echo $line $WORD")
        {
            Environment = new Dictionary<string, string?> { ["WORD"] = "there" },
        });
        await program.WriteAsync("hello\n");
        Assert.Equal("hello there\n", (await program.WaitAsync()).Output);
    }

    [Fact]
    public void A_program_that_is_not_installed_is_named()
    {
        var failure = Assert.Throws<LabException>(() => RunningProgram.Start(new ProgramCommand("no-such-program")));
        Assert.Contains("no-such-program", failure.Message, StringComparison.Ordinal);
    }
}
