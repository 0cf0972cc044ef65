using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Netronome.Server.Http;

namespace Netronome.Server.SpeedTests;

/// <summary>Throughput tests over HTTP.</summary>
static class SpeedTestsApi
{
    const int DefaultLimit = 50;
    const int MostLimit = 500;

    public static RouteGroupBuilder MapSpeedTests(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/speed-tests").WithTags("speed tests").RequireLogin();
        group.MapGet("", ListAsync);
        group.MapPost("", StartAsync);
        group.MapGet("/{id:long}", FindAsync);
        group.MapDelete("/{id:long}", DeleteAsync);
        group.MapPost("/{id:long}/cancel", CancelAsync);
        return group;
    }

    static async Task<Results<Ok<SpeedRunList>, ProblemResult>> ListAsync(
        int? limit, string? cursor, SpeedRunStore store, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        var most = limit ?? DefaultLimit;
        faults.Range("limit", most, 1, MostLimit);
        long? before = null;
        if (cursor is not null)
        {
            if (long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                before = number;
            else
                faults.Add("cursor", "unknown_cursor", "The cursor is not one that was given out.");
        }

        if (!faults.None)
            return Problems.Invalid(faults);
        var runs = await store.ListAsync(before, most + 1, cancellationToken);
        return TypedResults.Ok(runs.Count <= most
            ? new SpeedRunList(runs)
            : new SpeedRunList(runs[..most], runs[most - 1].Id.ToString(CultureInfo.InvariantCulture)));
    }

    static async Task<Results<Accepted<SpeedRun>, ProblemResult>> StartAsync(
        SpeedRunRequest body, SpeedTestRunner runner, IperfServerStore servers, ServerOptions options, HttpContext context,
        CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        var wanted = RunRules.ToOptions(faults, body, options);
        RunServer? server = null;
        if (body.ServerId is not { } id)
            server = RunRules.ToServer(faults, body);
        else if (body.Host is not null || body.Port is not null)
            faults.Add("serverId", "ambiguous", "Name either a saved server or a host, not both.");
        else if (await servers.FindAsync(id, cancellationToken) is { } saved)
            server = new RunServer(saved.Name, saved.Host, saved.Port, saved.Id);
        else
            faults.Add("serverId", "unknown", "There is no such iperf3 server.");

        if (!faults.None || server is null)
            return Problems.Invalid(faults);
        return await runner.AddAsync(server, wanted, cancellationToken) is { } run
            ? TypedResults.Accepted($"{context.Request.PathBase}/api/speed-tests/{run.Id}", run)
            : QueueFull();
    }

    static async Task<Results<Ok<SpeedRun>, ProblemResult>> FindAsync(
        long id, SpeedRunStore store, SpeedTestRunner runner, CancellationToken cancellationToken)
    {
        if (runner.Active is { } active && active.Id == id)
            return TypedResults.Ok(active);
        return await store.FindAsync(id, cancellationToken) is { } run ? TypedResults.Ok(run) : Problems.NotFound("speed test");
    }

    static async Task<Results<Accepted<SpeedRun>, ProblemResult>> CancelAsync(
        long id, SpeedRunStore store, SpeedTestRunner runner, HttpContext context, CancellationToken cancellationToken)
    {
        if (await runner.CancelAsync(id, cancellationToken) is { } run)
            return TypedResults.Accepted($"{context.Request.PathBase}/api/speed-tests/{id}", run);
        return await store.FindAsync(id, cancellationToken) is null
            ? Problems.NotFound("speed test")
            : Problems.Conflict("already_over", "The test is over already.");
    }

    static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        long id, SpeedRunStore store, SpeedTestRunner runner, CancellationToken cancellationToken)
    {
        if (runner.Active?.Id == id)
            return Problems.Conflict("still_running", "The test runs; stop it first.");
        await runner.CancelAsync(id, cancellationToken);
        return await store.DeleteAsync(id, cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("speed test");
    }

    internal static ProblemResult QueueFull() => Problems.TooMany("Too many speed tests wait already.", TimeSpan.FromSeconds(30));
}
