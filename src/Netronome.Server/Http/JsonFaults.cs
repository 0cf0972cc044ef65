using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Netronome.Server.Http;

/// <summary>Says what is wrong with a JSON body without showing our types.</summary>
static class JsonFaults
{
    public static ProblemResult Explain(JsonException exception)
    {
        // The reader's own exception (syntax, depth, duplicates) is wrapped; a value of the wrong type is not.
        if (exception.InnerException is JsonException)
        {
            var place = exception is { LineNumber: { } line, BytePositionInLine: { } position }
                ? $" at line {line + 1}, byte {position + 1}"
                : "";
            return new(StatusCodes.Status400BadRequest, "malformed_json", $"The body is not JSON that can be read{place}.");
        }

        var faults = new FaultList();
        var member = Pointer(exception.Path);
        if (exception.Message.Contains("could not be mapped", StringComparison.Ordinal))
            faults.Add(member, "unknown_member", $"There is no member {member} here.");
        else if (exception.Message.Contains("uplicate", StringComparison.Ordinal))
            faults.Add(member, "duplicate_member", $"The member {member} is there twice.");
        else
            faults.Add(member, "wrong_type", member.Length == 0 ? "The body must be a JSON object." : $"The member {member} has the wrong type.");
        return Problems.Invalid(faults);
    }

    // "$.servers[0].host" or "$['odd name']" -> "servers/0/host"
    static string Pointer(string? path)
    {
        if (path is null or "$")
            return "";
        var text = path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path[1..];
        text = text.Replace("['", "/").Replace("']", "").Replace('.', '/').Replace("[", "/").Replace("]", "").TrimStart('/');
        return text.Length <= 200 ? text : text[..200];
    }
}
