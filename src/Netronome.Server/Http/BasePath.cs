using Microsoft.AspNetCore.Http;

namespace Netronome.Server.Http;

/// <summary>
/// The sub-path the page is reached under. A proxy may pass it on or strip it: both arrive at the same place, and what we
/// write (cookie path, <c>&lt;base href&gt;</c>, Location) always carries it.
/// </summary>
sealed class BasePath(RequestDelegate next, ServerOptions options)
{
    readonly PathString _base = new(options.BasePath);

    public Task InvokeAsync(HttpContext context)
    {
        if (!_base.HasValue)
            return next(context);

        var request = context.Request;
        if (request.Path.StartsWithSegments(_base, StringComparison.Ordinal, out var rest))
        {
            if (!rest.HasValue)
            {
                context.Response.Redirect(options.BasePath + "/" + request.QueryString, permanent: false, preserveMethod: true);
                return Task.CompletedTask;
            }

            request.Path = rest;
        }

        request.PathBase = _base;
        return next(context);
    }
}
