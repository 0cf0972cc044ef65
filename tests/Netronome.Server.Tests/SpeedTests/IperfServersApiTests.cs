using System.Net;

namespace Netronome.Server.Tests.SpeedTests;

public class IperfServersApiTests
{
    [Fact]
    public async Task Servers_are_saved_changed_listed_and_deleted_as_the_contract_says()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        Assert.Equal("[]", await client.GetStringAsync("api/iperf/servers"));

        using var added = await client.PostAsync("api/iperf/servers", TestServer.Json("""{"name":"Lab","host":"iperf.example.net","port":5201}"""));
        var answer = await TestServer.ReadAsync(added);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal("Iperf server saved successfully", (string?)answer["message"]);
        var id = (long)answer["server"]!["id"]!;

        using var changed = await client.PutAsync($"api/iperf/servers/{id}", TestServer.Json("""{"name":"Lab 2","host":"2001:db8::1","port":5202}"""));
        Assert.Equal("2001:db8::1", (string?)(await TestServer.ReadAsync(changed))["server"]!["host"]);
        var listed = (await TestServer.ReadAsync(await client.GetAsync("api/iperf/servers"))).AsArray();
        Assert.Equal(["Lab 2"], listed.Select(item => (string?)item!["name"]));

        using var deleted = await client.DeleteAsync($"api/iperf/servers/{id}");
        Assert.Equal("Server deleted successfully", (string?)(await TestServer.ReadAsync(deleted))["message"]);
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync($"api/iperf/servers/{id}")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await client.PutAsync($"api/iperf/servers/{id}", TestServer.Json("""{"name":"x","host":"x","port":1}"""))).StatusCode);
    }

    [Theory]
    [InlineData("""{"name":"x","host":"a.example"}""", "#/port")]
    [InlineData("""{"name":"x","host":"a.example","port":0}""", "#/port")]
    [InlineData("""{"name":"x","host":"a.example","port":70000}""", "#/port")]
    [InlineData("""{"name":"x","host":"-c","port":1}""", "#/host")]
    [InlineData("""{"name":"x","host":"a.example; rm -rf /","port":1}""", "#/host")]
    [InlineData("""{"name":"","host":"a.example","port":1}""", "#/name")]
    [InlineData("""{"host":"a.example","port":1}""", "#/name")]
    public async Task A_server_that_cannot_be_is_refused_with_its_place(string body, string pointer)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        using var answer = await client.PostAsync("api/iperf/servers", TestServer.Json(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(pointer, (string?)(await TestServer.ReadAsync(answer))["errors"]![0]!["pointer"]);
    }
}
