using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Netronome.Server.Http;

namespace Netronome.Server.Health;

/// <summary>Is it alive, is it ready, and how is it: for load balancers, for operators, for the page.</summary>
static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", Alive).WithTags("server").AllowAnonymous()
            .Produces<HealthAnswer>().Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/health/ready", Ready).WithTags("server").AllowAnonymous()
            .Produces<ReadyAnswer>().Produces<ReadyAnswer>(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/api/server", ShowAsync).WithTags("server").RequireLogin();
    }

    // Asks no database: a server whose database is away must not be killed for it.
    static JsonHttpResult<HealthAnswer> Alive(LoopPulses pulses)
    {
        var stalled = pulses.Stalled;
        return stalled.Count == 0
            ? TypedResults.Json(new HealthAnswer("ok"), ServerJson.Default.HealthAnswer)
            : TypedResults.Json(
                new HealthAnswer("stalled", stalled), ServerJson.Default.HealthAnswer, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    static JsonHttpResult<ReadyAnswer> Ready(StatusBoard board)
    {
        var answer = board.Ready();
        return TypedResults.Json(
            answer, ServerJson.Default.ReadyAnswer,
            statusCode: answer.Status == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    static async Task<Ok<ServerStatus>> ShowAsync(StatusBoard board, CancellationToken cancellationToken) =>
        TypedResults.Ok(await board.ShowAsync(cancellationToken));
}
