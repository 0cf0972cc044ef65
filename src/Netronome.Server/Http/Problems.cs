using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Netronome.Server.Http;

/// <summary>The problems every slice answers with.</summary>
static class Problems
{
    /// <summary>404: there is no such thing.</summary>
    public static ProblemResult NotFound(string what) => new(StatusCodes.Status404NotFound, "not_found", $"There is no such {what}.");

    /// <summary>409: it can't be done in the present state.</summary>
    public static ProblemResult Conflict(string error, string message) => new(StatusCodes.Status409Conflict, error, message);

    /// <summary>422: the request was read but what it says can't be.</summary>
    public static ProblemResult Invalid(FaultList faults) =>
        new(StatusCodes.Status422UnprocessableEntity, "validation_failed", faults.Sentence) { Faults = faults.Faults };

    /// <summary>429: wait.</summary>
    public static ProblemResult TooMany(string message, TimeSpan retryAfter) =>
        new(StatusCodes.Status429TooManyRequests, "too_many_requests", message) { RetryAfter = retryAfter };

    /// <summary>503: the database is away.</summary>
    public static ProblemResult DatabaseAway(string reason) =>
        new(StatusCodes.Status503ServiceUnavailable, "database_away", reason) { RetryAfter = TimeSpan.FromSeconds(5) };

    /// <summary>A bare status with the words of the standard.</summary>
    public static ProblemResult ForStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest =>
            new(status, "bad_request", "The request lacks a body or has a parameter of the wrong form."),
        StatusCodes.Status404NotFound => new(status, "not_found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new(status, "method_not_allowed", "This address does not take this method."),
        StatusCodes.Status413PayloadTooLarge => new(status, "body_too_large", "The body is larger than 1 MiB."),
        StatusCodes.Status415UnsupportedMediaType => new(status, "unsupported_media_type", "The body must be application/json."),
        StatusCodes.Status408RequestTimeout => new(status, "request_timeout", "The body came too slowly."),
        StatusCodes.Status500InternalServerError => new(status, "internal", "The server failed. Its log has the trace id."),
        _ => new(status, "request_failed", ReasonPhrases.GetReasonPhrase(status) + "."),
    };
}
