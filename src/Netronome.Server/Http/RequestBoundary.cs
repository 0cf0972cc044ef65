using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Netronome.Server.Database;

namespace Netronome.Server.Http;

/// <summary>The top of every request: whatever goes wrong below leaves as a problem, never as an exception's text.</summary>
sealed partial class RequestBoundary(RequestDelegate next, ILogger<RequestBoundary> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 } response)
                await Problems.ForStatus(response.StatusCode).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody reads an answer.
        }
        catch (Exception exception)
        {
            if (context.Response.HasStarted)
            {
                LogFailedMidway(context.Request.Path, exception);
                context.Abort();
                return;
            }

            await Explain(context, exception).ExecuteAsync(context);
        }
    }

    ProblemResult Explain(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { InnerException: JsonException json }:
                return JsonFaults.Explain(json);
            case BadHttpRequestException bad:
                return Problems.ForStatus(bad.StatusCode);
            case DatabaseException { Fault: DatabaseFault.Unavailable or DatabaseFault.Locked or DatabaseFault.DiskFull } away:
                LogDatabase(context.Request.Path, away.Message);
                return Problems.DatabaseAway(away.Message);
            default:
                LogFailed(context.Request.Method, context.Request.Path, exception);
                return Problems.ForStatus(StatusCodes.Status500InternalServerError);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    partial void LogFailed(string method, string path, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Path} failed after the answer had begun")]
    partial void LogFailedMidway(string path, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Path} was refused because of the database: {Reason}")]
    partial void LogDatabase(string path, string reason);
}
