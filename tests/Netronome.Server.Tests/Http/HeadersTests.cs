using System.Net;
using Netronome.Server.Accounts;

namespace Netronome.Server.Tests.Http;

public class HeadersTests
{
    [Theory]
    [InlineData("")]
    [InlineData("api/monitors")]
    [InlineData("api/auth/status")]
    [InlineData("api/nothing")]
    [InlineData("health")]
    [InlineData("assets/missing.js")]
    public async Task Every_answer_has_the_security_headers_and_names_no_server(string path)
    {
        await using var server = await TestServer.StartAsync();
        using var answer = await server.Client.GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();

        Assert.Contains("default-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
        if (path.StartsWith("api", StringComparison.Ordinal))
            Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "OWN", true)]
    [InlineData("Origin", "OWN.evil.example", false)]
    public async Task A_change_is_let_through_when_it_comes_from_our_own_page(string header, string value, bool isLet)
    {
        await using var server = await TestServer.StartAsync();
        using var request = await CookieRequestAsync(server);
        request.Headers.TryAddWithoutValidation(header, value.Replace("OWN", server.Address.ToString().TrimEnd('/')));
        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(isLet ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_program_with_our_cookie_must_say_JSON()
    {
        await using var server = await TestServer.StartAsync();
        using var bare = await CookieRequestAsync(server);
        using var json = new HttpRequestMessage(HttpMethod.Post, bare.RequestUri) { Content = TestServer.Json("{}") };
        json.Headers.Add("Cookie", bare.Headers.GetValues("Cookie"));

        Assert.Equal(HttpStatusCode.Forbidden, (await server.Client.SendAsync(bare)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.SendAsync(json)).StatusCode);
    }

    [Fact]
    public async Task Forwarded_headers_of_a_stranger_change_nothing()
    {
        await using var server = await TestServer.StartAsync(options => options with { Whitelist = [IPNetwork.Parse("203.0.113.0/24")] });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "api/auth/verify"));
        request.Headers.Add("X-Forwarded-For", "203.0.113.5");
        request.Headers.Add("X-Real-IP", "203.0.113.5");
        request.Headers.Add("Forwarded", "for=203.0.113.5");

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("203.0.113.5", true)]
    [InlineData("203.0.113.5, 198.51.100.1", false)]
    [InlineData("198.51.100.1, 203.0.113.5", true)]
    [InlineData("203.0.113.5, 127.0.0.1", true)]
    [InlineData("203.0.113.5, rubbish", false)]
    [InlineData("203.0.113.5:4711", true)]
    public async Task Behind_a_trusted_proxy_the_last_address_that_is_no_proxy_counts(string forwardedFor, bool isWhitelisted)
    {
        await using var server = await TestServer.StartAsync(options => options with
        {
            Whitelist = [IPNetwork.Parse("203.0.113.0/24")],
            TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")],
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "api/auth/verify"));
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(isWhitelisted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
        if (isWhitelisted)
            Assert.Equal("whitelist", (string?)(await TestServer.ReadAsync(answer))["type"]);
    }

    [Fact]
    public async Task Behind_a_proxy_that_ends_TLS_the_cookie_is_secure()
    {
        await using var server = await TestServer.StartAsync(options => options with { TrustedProxies = [IPNetwork.Parse("127.0.0.0/8")] });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "api/auth/register"))
        {
            Content = TestServer.Json("""{"username":"anna","password":"long enough"}"""),
        };
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await server.Client.SendAsync(request);

        Assert.Contains("secure", answer.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
    }

    static async Task<HttpRequestMessage> CookieRequestAsync(TestServer server)
    {
        using var client = await server.RegisterAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "api/auth/logout"));
        request.Headers.Add("Cookie", $"{SessionCookie.Name}={client.DefaultRequestHeaders.Authorization!.Parameter}");
        return request;
    }
}
