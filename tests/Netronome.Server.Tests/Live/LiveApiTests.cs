using System.Net;
using Netronome.Server.Live;

namespace Netronome.Server.Tests.Live;

public class LiveApiTests
{
    [Fact]
    public async Task Events_arrive_with_ids_and_a_cut_stream_goes_on_where_it_was()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        var feed = server.Service<LiveFeed>();
        Heard first;
        await using (var stream = await EventStream.OpenAsync(client, "test"))
        {
            feed.Publish(new LiveEvent("test", "one", "{\"n\":1}"u8.ToArray()));
            first = await stream.NextAsync("one");
            Assert.Equal(1, (int)first.Data["n"]!);
            Assert.StartsWith(feed.Epoch + "-", first.Id);
        }

        feed.Publish(new LiveEvent("test", "two", "{}"u8.ToArray()));
        await using var again = await EventStream.OpenAsync(client, "test", first.Id);
        Assert.Equal("two", (await again.NextAsync())!.Name);
        feed.Publish(new LiveEvent("test", "three", "{}"u8.ToArray()));
        Assert.Equal("three", (await again.NextAsync())!.Name);
    }

    [Fact]
    public async Task An_id_of_another_life_of_the_server_begins_with_a_reset()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "test", "0-17");

        Assert.Equal("reset", (await stream.NextAsync())!.Name);
    }

    [Fact]
    public async Task A_stream_ends_within_five_seconds_of_its_session()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "test");
        var began = TimeProvider.System.GetTimestamp();
        using var logout = await client.PostAsync("api/auth/logout", TestServer.Json("{}"));

        Assert.Null(await stream.NextAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 6);
    }

    [Fact]
    public async Task A_stopping_server_ends_its_streams_at_once()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "test");
        var began = TimeProvider.System.GetTimestamp();
        await server.Host.DisposeAsync();

        Assert.Null(await stream.NextAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(began).TotalSeconds, 0, 8);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?topics=")]
    [InlineData("?topics=LONG")]
    public async Task A_stream_of_nothing_or_of_too_much_is_refused(string query)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        using var answer = await client.GetAsync("api/live" + query.Replace("LONG", string.Join(',', Enumerable.Range(0, 65))));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }
}
