using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Netronome.Server.Http;

namespace Netronome.Server.SpeedTests;

/// <summary>Saved iperf3 servers over HTTP: the contract's routes, and <c>PUT</c>.</summary>
static class IperfServersApi
{
    const int MostNameLength = 100;

    public static RouteGroupBuilder MapIperfServers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/iperf/servers").WithTags("iperf servers").RequireLogin();
        group.MapGet("", ListAsync);
        group.MapPost("", AddAsync);
        group.MapPut("/{id:long}", SaveAsync);
        group.MapDelete("/{id:long}", DeleteAsync);
        return group;
    }

    static async Task<Ok<List<IperfServer>>> ListAsync(IperfServerStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.ListAsync(cancellationToken));

    static async Task<Results<Created<IperfServerAnswer>, ProblemResult>> AddAsync(
        IperfServerRequest body, IperfServerStore store, CancellationToken cancellationToken)
    {
        if (Check(body) is { None: false } faults)
            return Problems.Invalid(faults);
        var server = await store.AddAsync(NameOf(body), body.Host!, body.Port!.Value, cancellationToken);
        return TypedResults.Created((string?)null, new IperfServerAnswer("Iperf server saved successfully", server));
    }

    static async Task<Results<Ok<IperfServerAnswer>, ProblemResult>> SaveAsync(
        long id, IperfServerRequest body, IperfServerStore store, CancellationToken cancellationToken)
    {
        if (Check(body) is { None: false } faults)
            return Problems.Invalid(faults);
        return await store.SaveAsync(id, NameOf(body), body.Host!, body.Port!.Value, cancellationToken) is { } server
            ? TypedResults.Ok(new IperfServerAnswer("Iperf server saved successfully", server))
            : Problems.NotFound("iperf3 server");
    }

    static async Task<Results<Ok<MessageAnswer>, ProblemResult>> DeleteAsync(
        long id, IperfServerStore store, CancellationToken cancellationToken) =>
        await store.DeleteAsync(id, cancellationToken)
            ? TypedResults.Ok(new MessageAnswer("Server deleted successfully"))
            : Problems.NotFound("iperf3 server");

    static string NameOf(IperfServerRequest body) => body.Name!.Trim();

    static FaultList Check(IperfServerRequest body)
    {
        var faults = new FaultList();
        Names.Check(faults, "name", body.Name, MostNameLength);
        HostName.Check(faults, "host", body.Host);
        if (body.Port is { } port)
            faults.Range("port", port, 1, 65_535);
        else
            faults.Add("port", "required", "A port is needed; iperf3's own is 5201.");
        return faults;
    }
}
