using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Netronome.Server.Http;

/// <summary>Answers with a <see cref="Problem"/>.</summary>
public sealed class ProblemResult(int status, string error, string message) : IResult, IStatusCodeHttpResult
{
    /// <summary>The HTTP status.</summary>
    public int? StatusCode => status;

    /// <summary>Every fault found in the request.</summary>
    public IReadOnlyList<Fault>? Faults { get; init; }

    /// <summary>When it is worth trying again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString();

        var problem = new Problem(
            "about:blank", ReasonPhrases.GetReasonPhrase(status), status, message, error, message, Faults,
            Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier);
        return response.WriteAsJsonAsync(problem, ServerJson.Default.Problem, "application/problem+json", httpContext.RequestAborted);
    }
}
