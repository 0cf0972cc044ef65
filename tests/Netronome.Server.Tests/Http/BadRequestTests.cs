using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Netronome.Server.Tests.Http;

public class BadRequestTests
{
    [Theory]
    [InlineData("{", 400, "malformed_json", null)]
    [InlineData("", 400, "bad_request", null)]
    [InlineData("null", 400, "bad_request", null)]
    [InlineData("[]", 422, "validation_failed", "#/")]
    [InlineData("\"text\"", 422, "validation_failed", "#/")]
    [InlineData("""{"target":5}""", 422, "validation_failed", "#/target")]
    [InlineData("""{"target":"a.example","packets":"5"}""", 422, "validation_failed", "#/packets")]
    [InlineData("""{"target":"a.example","packets":1.5}""", 422, "validation_failed", "#/packets")]
    [InlineData("""{"target":"a.example","packets":1e999}""", 422, "validation_failed", "#/packets")]
    [InlineData("""{"target":"a.example","packets":99999999999}""", 422, "validation_failed", "#/packets")]
    [InlineData("""{"target":"a.example","family":"ipv7"}""", 422, "validation_failed", "#/family")]
    [InlineData("""{"target":"a.example","family":1}""", 422, "validation_failed", "#/family")]
    [InlineData("""{"target":"a.example","enabled":"yes"}""", 422, "validation_failed", "#/enabled")]
    [InlineData("""{"target":"a.example","evry":"5s"}""", 422, "validation_failed", "#/evry")]
    [InlineData("""{"target":"a.example","__proto__":{}}""", 422, "validation_failed", "#/__proto__")]
    [InlineData("""{"target":"a.example","target":"b.example"}""", 422, "validation_failed", "#/target")]
    [InlineData("""{"target":"a.example","packets":NaN}""", 400, "malformed_json", null)]
    [InlineData("""{"target":"a.example",}""", 400, "malformed_json", null)]
    [InlineData("""{"target":"\ud800"}""", 422, "validation_failed", "#/target")]
    public async Task A_body_that_is_not_what_is_asked_for_is_refused_with_its_place(string body, int status, string error, string? pointer)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        using var answer = await client.PostAsync("api/monitors", TestServer.Json(body));
        var text = await answer.Content.ReadAsStringAsync();
        var problem = JsonNode.Parse(text)!;

        Assert.True((int)answer.StatusCode == status, text);
        Assert.Equal(error, (string?)problem["error"]);
        if (pointer is not null)
            Assert.Equal(pointer, (string?)problem["errors"]![0]!["pointer"]);
        Assert.DoesNotContain("System.", text);
        Assert.DoesNotContain("Netronome.Server", text);
        Assert.DoesNotContain("Exception", text);
    }

    [Fact]
    public async Task A_body_of_another_type_or_too_large_or_too_deep_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();

        using var form = await client.PostAsync("api/monitors", new StringContent("target=a.example", Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
        // The server does not read what it refuses: a client that does not wait for its word would see the connection break.
        client.DefaultRequestHeaders.ExpectContinue = true;
        server.Client.DefaultRequestHeaders.ExpectContinue = true;
        using var large = await client.PostAsync(
            "api/monitors", TestServer.Json($$"""{"target":"{{new string('a', 1024 * 1024)}}"}"""));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var anonymous = await server.Client.PostAsync(
            "api/auth/login", TestServer.Json($$"""{"username":"{{new string('a', 1024 * 1024)}}"}"""));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, anonymous.StatusCode);
        using var deep = await client.PostAsync(
            "api/monitors", TestServer.Json("{\"target\":" + new string('[', 1000) + new string(']', 1000) + "}"));
        Assert.True(deep.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("from=yesterday")]
    [InlineData("from=2026-11-21")]
    [InlineData("from=2026-11-21T10:00:00Z&to=2026-11-21T09:00:00Z")]
    [InlineData("from=1000-01-01T00:00:00Z")]
    [InlineData("columns=0")]
    [InlineData("columns=100000")]
    public async Task A_range_that_is_none_is_refused(string query)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        using var added = await client.PostAsync("api/monitors", TestServer.Json("""{"target":"192.0.2.1"}"""));
        using var answer = await client.GetAsync($"api/monitors/1/rtt?{query}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task A_number_that_is_none_in_the_address_is_refused()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        using var answer = await client.GetAsync("api/speed-tests?limit=many");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("bad_request", (string?)(await TestServer.ReadAsync(answer))["error"]);
    }

    [Fact]
    public async Task Rubbish_instead_of_HTTP_is_closed_and_the_server_goes_on()
    {
        await using var server = await TestServer.StartAsync();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes("\u0016\u0003\u0001 not http at all\r\n\r\n"));
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer) > 0)
        {
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("health")).StatusCode);
    }
}
