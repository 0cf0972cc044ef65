using Netronome.Output;

namespace Netronome.Tests.Commands;

public sealed class ColourChoiceTests
{
    [Theory]
    [InlineData("always", "1", "", false, true)]
    [InlineData("never", "", "1", true, false)]
    [InlineData(null, "1", "1", true, false)]
    [InlineData("auto", "", "1", false, true)]
    [InlineData(null, "", "", true, true)]
    [InlineData(null, null, null, false, false)]
    public void The_flag_beats_NO_COLOR_beats_FORCE_COLOR_beats_the_terminal(string? flag, string? noColor, string? forceColor, bool terminal, bool expected) =>
        Assert.Equal(expected, ColourChoice.Decide(flag, name => name switch { "NO_COLOR" => noColor, "FORCE_COLOR" => forceColor, _ => null }, terminal));

    [Fact]
    public void A_dumb_terminal_gets_none() => Assert.False(ColourChoice.Decide(null, name => name == "TERM" ? "dumb" : null, isTerminal: true));

    [Theory]
    [InlineData("prot", "port")]
    [InlineData("PORT", "port")]
    [InlineData("hsot", "host")]
    [InlineData("zzzz", null)]
    [InlineData("", null)]
    public void The_nearest_name_is_the_one_with_the_fewest_slips(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Find(name, ["host", "port", "path", "password"]));
}
