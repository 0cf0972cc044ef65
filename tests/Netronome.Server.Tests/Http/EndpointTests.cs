using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Netronome.Server.Http;

namespace Netronome.Server.Tests.Http;

public class EndpointTests
{
    static readonly string[] OpenToEveryone =
        ["GET /api/auth/status", "POST /api/auth/login", "POST /api/auth/register", "GET /health", "GET /health/ready"];

    [Fact]
    public async Task Every_endpoint_has_a_policy_and_only_the_known_ones_are_open()
    {
        await using var server = await TestServer.StartAsync();
        var endpoints = Endpoints(server).ToList();

        Assert.NotEmpty(endpoints);
        Assert.All(endpoints, endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<LoginPolicy>() is not null,
            $"{endpoint.DisplayName} has no policy"));
        Assert.Equal(
            OpenToEveryone.Order(StringComparer.Ordinal),
            endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).SelectMany(Routes).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_login_every_other_endpoint_answers_401_however_it_is_spelt()
    {
        await using var server = await TestServer.StartAsync();
        using var registered = await server.RegisterAsync();
        foreach (var route in Endpoints(server).SelectMany(Routes).Except(OpenToEveryone))
        {
            var (method, path) = (route.Split(' ')[0], route.Split(' ')[1].Replace("{id:long}", "1").Replace("{id}", "1"));
            foreach (var spelling in new[] { path, path + "/", path.ToUpperInvariant(), path.Replace("/api/", "/%61pi/") })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Address, spelling));
                request.Headers.Add("X-Forwarded-For", "127.0.0.1");
                using var answer = await server.Client.SendAsync(request);
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {spelling} answered {(int)answer.StatusCode}");
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    [Fact]
    public async Task No_change_of_another_site_gets_through()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        foreach (var route in Endpoints(server).SelectMany(Routes).Where(route => !route.StartsWith("GET ", StringComparison.Ordinal)))
        {
            var path = route.Split(' ')[1].Replace("{id:long}", "1").Replace("{id}", "1");
            using var request = new HttpRequestMessage(new HttpMethod(route.Split(' ')[0]), new Uri(server.Address, path));
            request.Headers.Add("Origin", "https://evil.example");
            using var answer = await client.SendAsync(request);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{route} answered {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Unknown_addresses_and_wrong_methods_are_problems_too()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();

        foreach (var (method, path, status) in new[]
                 {
                     ("GET", "api/nothing", 404), ("GET", "api", 404), ("POST", "api/nothing/1", 404), ("GET", "api/monitors/abc", 404),
                     ("DELETE", "api/monitors", 405), ("POST", "nothing", 405), ("GET", "assets/missing.js", 404), ("GET", "api/monitors/99999999999999999999", 404),
                 })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            using var answer = await client.SendAsync(request);
            Assert.True((int)answer.StatusCode == status, $"{method} {path} answered {(int)answer.StatusCode}");
            var problem = await TestServer.ReadAsync(answer);
            Assert.Equal(status, (int)problem["status"]!);
            Assert.False(string.IsNullOrEmpty((string?)problem["error"]));
            Assert.Equal((string?)problem["detail"], (string?)problem["message"]);
        }
    }

    static IEnumerable<RouteEndpoint> Endpoints(TestServer server) =>
        server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    static IEnumerable<string> Routes(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}");
}
