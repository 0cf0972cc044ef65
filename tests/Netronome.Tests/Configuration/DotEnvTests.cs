using Netronome.Configuration;

namespace Netronome.Tests.Configuration;

public sealed class DotEnvTests : IDisposable
{
    readonly ConfigFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("NETRONOME__DB_NAME=plain", "plain")]
    [InlineData("  export NETRONOME__DB_NAME = spaced  ", "spaced")]
    [InlineData("NETRONOME__DB_NAME='single $HOME \\n'", "single $HOME \\n")]
    [InlineData("NETRONOME__DB_NAME=\"double \\\"q\\\" \\t\"  # comment", "double \"q\" \t")]
    [InlineData("NETRONOME__DB_NAME=a#b # comment", "a#b")]
    [InlineData("OTHER=x\nNETRONOME__DB_NAME=${OTHER}y$OTHER", "xyx")]
    [InlineData("NETRONOME__DB_NAME=$5 ${", "$5 ${")]
    [InlineData("# NETRONOME__DB_NAME=no\r\nNETRONOME__DB_NAME=windows\r\n", "windows")]
    [InlineData("NETRONOME__DB_NAME=one\nNETRONOME__DB_NAME=two", "two")]
    public void A_line_is_read_as_other_programs_read_it(string text, string expected)
    {
        folder.Write(".env", text);
        var reading = folder.Load();

        Assert.Empty(reading.Faults);
        Assert.Equal(expected, reading.Config.Get(ConfigKeys.DatabaseName));
    }

    [Fact]
    public void A_variable_of_the_process_wins_and_the_origin_names_the_line()
    {
        folder.Write(".env", "\nNETRONOME__PORT=81\nNETRONOME__HOST=::1\n");
        folder["NETRONOME__PORT"] = "82";
        var reading = folder.Load();

        Assert.Equal(82, reading.Config.Get(ConfigKeys.ServerPort));
        Assert.Equal($"NETRONOME__HOST ({folder.In(".env")}:3)", reading.Config.Values.Single(value => value.Key == ConfigKeys.ServerHost).Origin.ToString());
    }

    [Fact]
    public void Only_faults_in_our_own_lines_are_faults()
    {
        folder.Write(".env", "FOO BAR\nX=\"open\nNETRONOME__HOST=\"open\nNETRONOME__PORT\nNETRONOME__PROT=1\n");

        Assert.Equal(
            [
                $"{folder.In(".env")}:3: the quote of NETRONOME__HOST is not closed",
                $"{folder.In(".env")}:4: NETRONOME__PORT has no '='",
                $"{folder.In(".env")}:5: NETRONOME__PROT is an unknown variable; did you mean NETRONOME__PORT?",
            ],
            folder.Load().Faults.Select(fault => fault.ToString()));
    }
}
