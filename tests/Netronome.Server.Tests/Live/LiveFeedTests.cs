using Netronome.Server.Live;
using Netronome.TestLab;

namespace Netronome.Server.Tests.Live;

public class LiveFeedTests
{
    readonly ManualTime _time = new();

    [Fact]
    public void A_listener_hears_its_topics_and_no_others()
    {
        var feed = new LiveFeed(_time);
        using var some = feed.Subscribe(["monitor/1", "runs"], null);
        using var all = feed.Subscribe(["monitor/*"], null);
        foreach (var topic in new[] { "monitor/1", "monitor/2", "runs", "run/1", "monitors" })
            feed.Publish(Event(topic));

        Assert.Equal(["monitor/1", "runs"], Topics(some));
        Assert.Equal(["monitor/1", "monitor/2"], Topics(all));
    }

    [Fact]
    public void Who_was_cut_off_goes_on_after_the_last_event_it_had()
    {
        var feed = new LiveFeed(_time);
        using var first = feed.Subscribe(["a"], null);
        feed.Publish(Event("a", "1"));
        Assert.True(first.TryTake(out var last, out _));
        feed.Publish(Event("a", "2"));
        feed.Publish(Event("b", "3"));
        feed.Publish(Event("a", "4"));

        using var again = feed.Subscribe(["a"], last);
        Assert.Equal(["2", "4"], Names(again));
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("ffff-1")]
    [InlineData("EPOCH-999")]
    [InlineData("EPOCH--1")]
    [InlineData("EPOCH-99999999999999999999999")]
    public void An_id_that_is_not_remembered_begins_with_a_reset(string id)
    {
        var feed = new LiveFeed(_time);
        feed.Publish(Event("a"));
        using var subscription = feed.Subscribe(["a"], id.Replace("EPOCH", feed.Epoch));

        Assert.True(subscription.TryTake(out var reset, out var happened));
        Assert.Null(happened);
        Assert.Equal($"{feed.Epoch}-1", reset);
        feed.Publish(Event("a", "next"));
        Assert.Equal(["next"], Names(subscription));
    }

    [Fact]
    public void What_is_older_than_a_minute_is_forgotten()
    {
        var feed = new LiveFeed(_time);
        feed.Publish(Event("a", "1"));
        _time.Advance(TimeSpan.FromSeconds(61));
        feed.Publish(Event("a", "2"));

        using var tooLate = feed.Subscribe(["a"], $"{feed.Epoch}-0");
        Assert.True(tooLate.TryTake(out _, out var reset) && reset is null);
        using var inTime = feed.Subscribe(["a"], $"{feed.Epoch}-1");
        Assert.Equal(["2"], Names(inTime));
    }

    [Fact]
    public void A_slow_listener_is_told_that_it_lost_something_and_stops_no_other()
    {
        var feed = new LiveFeed(_time);
        using var slow = feed.Subscribe(["a"], null);
        using var quick = feed.Subscribe(["a"], null);
        var heard = 0;
        for (var number = 0; number < 10_000; number++)
        {
            feed.Publish(Event("a"));
            while (quick.TryTake(out _, out _))
                heard++;
        }

        Assert.Equal(10_000, heard);
        Assert.True(slow.TryTake(out var id, out var reset) && reset is null);
        Assert.Equal($"{feed.Epoch}-10000", id);
        Assert.False(slow.TryTake(out _, out _));
        feed.Publish(Event("a", "after"));
        Assert.Equal(["after"], Names(slow));
    }

    static LiveEvent Event(string topic, string name = "x") => new(topic, name, "{}"u8.ToArray());

    static List<string> Topics(LiveSubscription subscription) => [.. Take(subscription).Select(happened => happened.Topic)];

    static List<string> Names(LiveSubscription subscription) => [.. Take(subscription).Select(happened => happened.Name)];

    static IEnumerable<LiveEvent> Take(LiveSubscription subscription)
    {
        while (subscription.TryTake(out _, out var happened))
            yield return happened!;
    }
}
