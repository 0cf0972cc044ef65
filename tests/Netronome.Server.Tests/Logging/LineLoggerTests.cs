using System.Text.Json;
using Microsoft.Extensions.Logging;
using Netronome.Server.Logging;
using Netronome.TestLab;

namespace Netronome.Server.Tests.Logging;

public sealed class LineLoggerTests
{
    readonly StringWriter written = new();

    [Fact]
    public void Logfmt_has_time_level_and_values_and_quotes_what_needs_it()
    {
        Logger(LogFormat.Logfmt).LogWarning("Target {Target} lost {Lost} of {Sent}, says \"{Reason}\"", "a b", 3, 10, "x=\n");

        Assert.Equal(
            "time=2026-01-01T00:00:00.000Z level=warn logger=Prober msg=\"Target a b lost 3 of 10, says \\\"x=\\n\\\"\" target=\"a b\" lost=3 sent=10 reason=\"x=\\n\"\n",
            written.ToString());
    }

    [Fact]
    public void Json_is_one_object_a_line_whose_numbers_are_numbers()
    {
        Logger(LogFormat.Json).LogError(new InvalidOperationException("no route"), "Lost {Lost} å", 3L);

        var line = Assert.Single(written.ToString().TrimEnd('\n').Split('\n'));
        using var json = JsonDocument.Parse(line);
        Assert.Equal(("error", "Lost 3 å", 3),
            (json.RootElement.GetProperty("level").GetString(), json.RootElement.GetProperty("msg").GetString(), json.RootElement.GetProperty("lost").GetInt32()));
        Assert.Contains("no route", json.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Journald_lines_carry_their_level_also_those_of_an_exception()
    {
        Logger(LogFormat.Journald).LogInformation("Ready");
        Logger(LogFormat.Journald).LogError(new InvalidOperationException("first\nsecond"), "Failed");

        Assert.Equal(
            ["<6>Prober: Ready", "<3>Prober: Failed", "<3>System.InvalidOperationException: first", "<3>second"],
            written.ToString().TrimEnd('\n').Split('\n'));
    }

    ILogger Logger(LogFormat format) => new LineLoggerProvider(format, written, new ManualTime()).CreateLogger("Netronome.Probing.Prober");
}
