using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Netronome.Server.Http;

namespace Netronome.Server.Accounts;

/// <summary>Lets a request through to its endpoint: a session, an address of the whitelist, or an endpoint open to everyone.</summary>
sealed class AccountGate(RequestDelegate next, SessionGuard sessions, ServerOptions options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // No metadata means no entry: an endpoint is open only when it says so.
        var endpoint = context.GetEndpoint();
        if (endpoint is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(context);
            return;
        }

        var caller = await FindCallerAsync(context);
        if (caller is null)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await new ProblemResult(StatusCodes.Status401Unauthorized, "unauthorized", "Log in first.").ExecuteAsync(context);
            return;
        }

        context.Features.Set(caller);
        await next(context);
    }

    async Task<Caller?> FindCallerAsync(HttpContext context)
    {
        if (SessionCookie.FindToken(context.Request) is { } token
            && await sessions.FindAsync(token, context.RequestAborted) is { } session)
        {
            return new Caller(
                session.UserId, session.Username, session.Id, async stop => await sessions.FindAsync(token, stop) is not null);
        }

        return IsWhitelisted(context.Connection.RemoteIpAddress) ? Caller.Whitelisted : null;
    }

    bool IsWhitelisted(IPAddress? address) => address is not null && options.Whitelist.Any(network => network.Contains(address));
}
