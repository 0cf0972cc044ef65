using Microsoft.AspNetCore.Http;

namespace Netronome.Server.Page;

/// <summary>The headers every answer carries.</summary>
sealed class SecurityHeaders(RequestDelegate next, PageFiles page)
{
    // base-uri must allow 'self': the page's <base href> carries base_url. The theme script is allowed by its hash alone.
    readonly string _policy =
        "default-src 'self'; " +
        $"script-src 'self'{string.Concat(page.InlineScriptHashes.Select(hash => $" '{hash}'"))}; " +
        "img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (context.Request.Path.StartsWithSegments("/api"))
            headers.CacheControl = "no-store";
        return next(context);
    }
}
