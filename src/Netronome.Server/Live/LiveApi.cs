using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Netronome.Server.Http;

namespace Netronome.Server.Live;

/// <summary>The event stream (WHATWG HTML §9.2, server-sent events): <c>/api/live?topics=monitors,monitor/12,server</c>.</summary>
static class LiveApi
{
    const int MostTopics = 64;
    const int MostListeners = 500;
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    // A wait may end a little early and find the check not due yet: twice this is the promise of five seconds.
    static readonly TimeSpan SessionCheck = TimeSpan.FromSeconds(2);

    public static RouteGroupBuilder MapLive(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/live").WithTags("live").RequireLogin();
        group.MapGet("", StreamAsync).Produces<string>(StatusCodes.Status200OK, "text/event-stream");
        return group;
    }

    static async Task<IResult> StreamAsync(
        string? topics, string? lastEventId, Caller caller, HttpContext context, LiveFeed feed, IHostApplicationLifetime lifetime,
        TimeProvider time)
    {
        var wanted = (topics ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var faults = new FaultList();
        if (wanted.Length is 0 or > MostTopics || wanted.Any(topic => topic.Length > 64))
            faults.Add("topics", "out_of_range", $"topics names 1 to {MostTopics} topics, separated by commas.");
        if (!faults.None)
            return Problems.Invalid(faults);
        if (feed.Listeners >= MostListeners)
            return Problems.TooMany("Too many event streams are open.", TimeSpan.FromSeconds(30));

        string? resumeAfter = context.Request.Headers["Last-Event-ID"];
        using var subscription = feed.Subscribe(wanted, resumeAfter ?? lastEventId);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await WriteAsync(context, subscription, caller, time, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The listener went, or the server goes: the stream ends.
        }

        return Results.Empty;
    }

    static async Task WriteAsync(
        HttpContext context, LiveSubscription subscription, Caller caller, TimeProvider time, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        var writer = response.BodyWriter;
        writer.Write("retry: 3000\n\n"u8);
        await writer.FlushAsync(cancellationToken);
        var (lastWrite, lastCheck) = (time.GetTimestamp(), time.GetTimestamp());
        while (true)
        {
            await subscription.WaitAsync(SessionCheck, cancellationToken);
            if (time.GetElapsedTime(lastCheck) >= SessionCheck)
            {
                lastCheck = time.GetTimestamp();
                if (!await caller.IsStillLoggedInAsync(cancellationToken))
                    return;
            }

            var wrote = false;
            while (subscription.TryTake(out var id, out var happened))
            {
                Write(writer, id, happened);
                wrote = true;
            }

            if (!wrote && time.GetElapsedTime(lastWrite) >= Heartbeat)
            {
                writer.Write(":\n\n"u8);
                wrote = true;
            }

            if (wrote)
            {
                lastWrite = time.GetTimestamp();
                await writer.FlushAsync(cancellationToken);
            }
        }
    }

    static void Write(System.IO.Pipelines.PipeWriter writer, string id, LiveEvent? happened)
    {
        writer.Write("id: "u8);
        Encoding.ASCII.GetBytes(id, writer);
        writer.Write("\nevent: "u8);
        Encoding.ASCII.GetBytes(happened?.Name ?? "reset", writer);
        writer.Write("\ndata: "u8);
        writer.Write(happened is null ? "{}"u8 : happened.Json.Span);
        writer.Write("\n\n"u8);
    }
}
