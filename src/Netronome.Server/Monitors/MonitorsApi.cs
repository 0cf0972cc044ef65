using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Netronome.Server.Http;

namespace Netronome.Server.Monitors;

/// <summary>Monitors and what they measured, over HTTP.</summary>
static class MonitorsApi
{
    const int MostMonitors = 5000;
    const int MostColumns = 5000;

    public static RouteGroupBuilder MapMonitors(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/monitors").WithTags("monitors").RequireLogin();
        group.MapGet("", ListAsync);
        group.MapPost("", AddAsync);
        group.MapPost("/try", TryAsync);
        group.MapGet("/beats", BeatsAsync);
        group.MapGet("/{id:long}", FindAsync);
        group.MapPut("/{id:long}", SaveAsync);
        group.MapDelete("/{id:long}", DeleteAsync);
        group.MapPost("/{id:long}/pause", PauseAsync);
        group.MapPost("/{id:long}/resume", ResumeAsync);
        group.MapGet("/{id:long}/rtt", RttAsync);
        return group;
    }

    static async Task<Ok<MonitorList>> ListAsync(MonitorStore store, MonitorViews views, CancellationToken cancellationToken)
    {
        var items = new List<MonitorView>();
        foreach (var monitor in await store.ListAsync(cancellationToken))
            items.Add(await views.OfAsync(monitor, cancellationToken));
        return TypedResults.Ok(new MonitorList(items));
    }

    static async Task<Results<Created<MonitorView>, ProblemResult>> AddAsync(
        MonitorRequest body, MonitorStore store, MonitorViews views, ServerOptions options, HttpContext context,
        CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        var definition = MonitorRules.ToDefinition(faults, body, options.Zone);
        if (!faults.None)
            return Problems.Invalid(faults);
        if ((await store.ListAsync(cancellationToken)).Count >= MostMonitors)
            return Problems.Conflict("too_many_monitors", $"There are {MostMonitors:N0} monitors already, the most there can be.");
        var monitor = await store.AddAsync(definition, cancellationToken);
        return TypedResults.Created(
            $"{context.Request.PathBase}/api/monitors/{monitor.Id}", await views.OfAsync(monitor, cancellationToken));
    }

    static async Task<Results<Ok<TryAnswer>, ProblemResult>> TryAsync(
        MonitorRequest body, MonitorTrial trial, ServerOptions options, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        var definition = MonitorRules.ToDefinition(faults, body, options.Zone);
        if (!faults.None)
            return Problems.Invalid(faults);
        return await trial.RunAsync(definition, cancellationToken) is { } answer
            ? TypedResults.Ok(answer)
            : Problems.TooMany("Other monitors are being tried; try again in a moment.", TimeSpan.FromSeconds(5));
    }

    static async Task<Results<Ok<MonitorView>, ProblemResult>> FindAsync(
        long id, MonitorStore store, MonitorViews views, CancellationToken cancellationToken) =>
        await AnswerAsync(await store.FindAsync(id, cancellationToken), views, cancellationToken);

    static async Task<Results<Ok<MonitorView>, ProblemResult>> SaveAsync(
        long id, MonitorRequest body, MonitorStore store, MonitorViews views, ServerOptions options, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        var definition = MonitorRules.ToDefinition(faults, body, options.Zone);
        if (!faults.None)
            return Problems.Invalid(faults);
        return await AnswerAsync(await store.SaveAsync(id, definition, cancellationToken), views, cancellationToken);
    }

    static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        long id, MonitorStore store, MonitorRunner runner, MonitorHistory history, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is null)
            return Problems.NotFound("monitor");
        await runner.RetireAsync(id, cancellationToken);
        await history.DeleteAsync(id, cancellationToken);
        await store.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    static async Task<Results<Ok<MonitorView>, ProblemResult>> PauseAsync(
        long id, MonitorStore store, MonitorViews views, CancellationToken cancellationToken) =>
        await AnswerAsync(await store.EnableAsync(id, false, cancellationToken), views, cancellationToken);

    static async Task<Results<Ok<MonitorView>, ProblemResult>> ResumeAsync(
        long id, MonitorStore store, MonitorViews views, CancellationToken cancellationToken) =>
        await AnswerAsync(await store.EnableAsync(id, true, cancellationToken), views, cancellationToken);

    static async Task<Results<Ok<RttHistory>, ProblemResult>> RttAsync(
        long id, string? from, string? to, int? columns, MonitorStore store, MonitorHistory history, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        var range = TimeRange.Read(faults, from, to, time.GetUtcNow());
        faults.Range("columns", columns ?? 600, 1, MostColumns);
        if (!faults.None)
            return Problems.Invalid(faults);
        return await store.FindAsync(id, cancellationToken) is { } monitor
            ? TypedResults.Ok(await history.ReadAsync(monitor, range.From, range.To, columns ?? 600, cancellationToken))
            : Problems.NotFound("monitor");
    }

    static async Task<Results<Ok<BeatBoard>, ProblemResult>> BeatsAsync(
        string? from, string? to, int? slots, MonitorHistory history, TimeProvider time, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        var range = TimeRange.Read(faults, from, to, time.GetUtcNow());
        faults.Range("slots", slots ?? 96, 1, 1000);
        if (!faults.None)
            return Problems.Invalid(faults);
        return TypedResults.Ok(await history.ReadBeatsAsync(range.From, range.To, slots ?? 96, cancellationToken));
    }

    static async Task<Results<Ok<MonitorView>, ProblemResult>> AnswerAsync(
        StoredMonitor? monitor, MonitorViews views, CancellationToken cancellationToken) =>
        monitor is null ? Problems.NotFound("monitor") : TypedResults.Ok(await views.OfAsync(monitor, cancellationToken));
}
