using System.Text.Json;
using Netronome.TestLab;

namespace Netronome.Interop.Tests.Ping;

/// <summary>Runs <c>netronome ping --json</c> and reads what it printed.</summary>
static class PingOutput
{
    public static ProgramCommand Json(params string[] arguments) => NetronomeProgram.Command(["ping", "--json", .. arguments]);

    public static IReadOnlyList<JsonElement> Targets(this ProgramResult result)
    {
        try
        {
            return [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("targets").EnumerateArray()];
        }
        catch (JsonException exception)
        {
            throw new LabException($"No document ({exception.Message}), exit code {result.ExitCode}:\n{result.Error}\n{result.Output}");
        }
    }

    public static long Count(this JsonElement target, string name) => target.GetProperty(name).GetInt64();

    public static double Rtt(this JsonElement target, string name) => target.GetProperty("rttMs").GetProperty(name).GetDouble();

    public static string? Text(this JsonElement target, string name) => target.TryGetProperty(name, out var value) ? value.GetString() : null;
}
