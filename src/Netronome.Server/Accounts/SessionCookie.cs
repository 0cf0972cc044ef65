using System.Text;
using Microsoft.AspNetCore.Http;

namespace Netronome.Server.Accounts;

/// <summary>Where a session token travels: our cookie, or <c>Authorization: Bearer</c>.</summary>
static class SessionCookie
{
    public const string Name = "netronome_session";

    const int TokenLength = 64;

    public static byte[]? FindToken(HttpRequest request)
    {
        string? authorization = request.Headers.Authorization;
        var text = authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true
            ? authorization[7..].Trim()
            : request.Cookies[Name];
        return text is { Length: TokenLength } && text.All(char.IsAsciiHexDigitLower) ? Encoding.ASCII.GetBytes(text) : null;
    }

    public static void Set(HttpContext context, string token) =>
        context.Response.Cookies.Append(Name, token, Options(context, Session.AbsoluteLife));

    public static void Remove(HttpContext context) => context.Response.Cookies.Append(Name, "", Options(context, TimeSpan.Zero));

    static CookieOptions Options(HttpContext context, TimeSpan life) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
        MaxAge = life,
        IsEssential = true,
    };
}
