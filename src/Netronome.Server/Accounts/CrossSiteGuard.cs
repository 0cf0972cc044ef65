using Microsoft.AspNetCore.Http;
using Netronome.Server.Http;

namespace Netronome.Server.Accounts;

/// <summary>
/// Refuses changes asked for by another site. A browser says where a request comes from: by <c>Sec-Fetch-Site</c> (only to
/// secure origins) or, on every unsafe method, by <c>Origin</c>. A client that says neither is no browser; it may go on
/// unless it sends our cookie, and then only with JSON, which no foreign form can send.
/// </summary>
sealed class CrossSiteGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsOwn(request))
            return next(context);
        return new ProblemResult(StatusCodes.Status403Forbidden, "cross_site", "Another site asked for this change, so it was refused.")
            .ExecuteAsync(context);
    }

    static bool IsOwn(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        if (site is not null)
            return site is "same-origin" or "none";
        string? origin = request.Headers.Origin;
        if (origin is not null)
            return IsOwnOrigin(origin, request);
        return !request.Cookies.ContainsKey(SessionCookie.Name) || request.HasJsonContentType();
    }

    // The scheme is not compared: behind a proxy that ends TLS without telling, ours would be wrong.
    static bool IsOwnOrigin(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && string.Equals(uri.IdnHost.Trim('[', ']'), request.Host.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
        && uri.Port == (request.Host.Port ?? (uri.Scheme == "https" ? 443 : 80));
}
