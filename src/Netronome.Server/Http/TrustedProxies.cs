using System.Net;
using Microsoft.AspNetCore.Http;

namespace Netronome.Server.Http;

/// <summary>
/// Who really asks. <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> count only when the peer is a configured proxy, and
/// addresses are read from the right until the first that is not one.
/// </summary>
sealed class TrustedProxies(RequestDelegate next, ServerOptions options)
{
    const int MostHops = 16;

    public Task InvokeAsync(HttpContext context)
    {
        var peer = Unmap(context.Connection.RemoteIpAddress);
        context.Connection.RemoteIpAddress = peer;
        if (peer is not null && IsTrusted(peer))
            Apply(context, peer);
        return next(context);
    }

    void Apply(HttpContext context, IPAddress peer)
    {
        var headers = context.Request.Headers;
        var hops = string.Join(',', headers["X-Forwarded-For"].AsEnumerable()).Split(',', StringSplitOptions.TrimEntries);
        var client = peer;
        for (var hop = hops.Length - 1; hop >= 0 && hops.Length - hop <= MostHops && IsTrusted(client); hop--)
        {
            if (!TryParseHop(hops[hop], out var address))
                break;
            client = address;
        }

        context.Connection.RemoteIpAddress = client;
        if (Last(headers["X-Forwarded-Proto"]) is { } scheme && scheme is ("https" or "http"))
            context.Request.Scheme = scheme;
        if (Last(headers["X-Forwarded-Host"]) is { Length: > 0 and <= 255 } host && host.IndexOfAny(['/', '\\', '@', ' ']) < 0)
            context.Request.Host = new HostString(host);
    }

    bool IsTrusted(IPAddress address) => options.TrustedProxies.Any(network => network.Contains(address));

    // "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]:4711"
    static bool TryParseHop(string text, out IPAddress address)
    {
        address = IPAddress.None;
        if (!IPAddress.TryParse(text, out var parsed) && !(IPEndPoint.TryParse(text, out var end) && (parsed = end.Address) is not null))
            return false;
        address = Unmap(parsed)!;
        return true;
    }

    static IPAddress? Unmap(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    static string? Last(Microsoft.Extensions.Primitives.StringValues values) =>
        values.Count == 0 ? null : values[^1]?.Split(',')[^1].Trim();
}
