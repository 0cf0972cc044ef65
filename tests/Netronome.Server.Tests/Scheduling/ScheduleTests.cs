using System.Globalization;
using Netronome.Server.Scheduling;

namespace Netronome.Server.Tests.Scheduling;

public sealed class ScheduleTests
{
    static readonly DateTimeOffset Start = At("2026-06-01T10:00:00Z");

    [Theory]
    [InlineData("abc")]
    [InlineData("-5s")]
    [InlineData("0")]
    [InlineData("10ms")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("exact:")]
    [InlineData("exact:24:00")]
    [InlineData("exact:12:60")]
    [InlineData("exact:12:5")]
    [InlineData("exact:12:00,")]
    [InlineData("exact:noon")]
    [InlineData("exact:12:00:00")]
    [InlineData("exact:-1:00")]
    [InlineData("Exact:12:00")]
    public void A_faulty_schedule_is_refused_with_a_reason(string? text)
    {
        Assert.False(Schedule.TryParse(text, TimeZoneInfo.Utc, out _, out var reason));
        Assert.NotEmpty(reason);
    }

    [Fact]
    public void The_caller_states_the_shortest_interval()
    {
        Assert.False(Schedule.TryParse("30s", TimeZoneInfo.Utc, TimeSpan.FromMinutes(1), out _, out var reason));
        Assert.Equal("is shorter than the 1m allowed here", reason);
        Assert.True(Schedule.TryParse("1m", TimeZoneInfo.Utc, TimeSpan.FromMinutes(1), out _, out _));
    }

    [Theory]
    [InlineData("90m", "1h30m")]
    [InlineData("exact:18:30, 6:30,06:30", "exact:06:30,18:30")]
    public void A_schedule_has_one_canonical_text(string text, string canonical) => Assert.Equal(canonical, Parse(text).ToString());

    [Fact]
    public void An_interval_runs_at_whole_multiples_and_strictly_later()
    {
        var schedule = Parse("5m");
        Assert.Equal(At("2026-06-01T10:05:00Z"), schedule.Next(Start));
        Assert.Equal(At("2026-06-01T10:05:00Z"), schedule.Next(At("2026-06-01T10:04:59.9999999Z")));
        Assert.Equal(At("1969-12-31T23:55:00Z"), schedule.Next(At("1969-12-31T23:53:00Z")));
    }

    [Fact]
    public void Phases_spread_jobs_over_the_interval_and_stay_the_same()
    {
        var phases = Enumerable.Range(0, 1000).Select(seed => Parse("10s").WithPhase((ulong)seed).Phase).ToArray();
        // 1,000 draws over ten tenths: each holds 100 ± 5 standard deviations (9.5).
        Assert.All(phases.CountBy(phase => phase.Ticks / TimeSpan.TicksPerSecond), tenth => Assert.InRange(tenth.Value, 52, 148));
        Assert.Equal(phases[7], Parse("10s").WithPhase(7).Phase);
        var schedule = Parse("10s").WithPhase(7);
        Assert.Equal(TimeSpan.FromSeconds(10), schedule.Next(schedule.Next(Start)) - schedule.Next(Start));
    }

    [Theory]
    [InlineData("10m")]
    [InlineData("exact:00:00,06:00,06:10,23:50")]
    public void Jitter_puts_every_run_off_by_less_than_stated_and_loses_none(string text)
    {
        var jittered = Parse(text).WithJitter(TimeSpan.FromMinutes(4), seed: 42);
        var planned = Parse(text).Next(Start);
        var actual = jittered.Next(planned - TimeSpan.FromTicks(1));
        var delays = new HashSet<TimeSpan>();
        for (var run = 0; run < 200; run++)
        {
            delays.Add(actual - planned);
            Assert.Equal(actual, Parse(text).WithJitter(TimeSpan.FromMinutes(4), seed: 42).Next(actual - TimeSpan.FromTicks(1)));
            planned = Parse(text).Next(planned);
            actual = jittered.Next(actual);
        }
        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromMinutes(4)));
        Assert.True(delays.Count > 190);
    }

    [Fact]
    public void Jitter_is_at_most_half_an_interval_so_that_runs_keep_their_order() =>
        Assert.Equal(TimeSpan.FromSeconds(5), Parse("10s").WithJitter(TimeSpan.FromHours(1), 1).Jitter);

    // Clock changes: local times that do not exist run at the first instant after the gap, those that occur twice run once.
    [Theory]
    [InlineData("Europe/Oslo", "exact:02:30", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("Europe/Oslo", "exact:02:30", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("Europe/Oslo", "exact:06:30", "2026-03-28T00:00:00Z", "2026-03-28T05:30:00Z", "2026-03-29T04:30:00Z")]
    [InlineData("Europe/Oslo", "exact:02:00,02:59,03:00", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z")]
    [InlineData("Europe/Oslo", "exact:03:00", "2026-10-24T23:00:00Z", "2026-10-25T02:00:00Z", "2026-10-26T02:00:00Z")]
    [InlineData("America/New_York", "exact:02:30", "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z")]
    [InlineData("America/New_York", "exact:01:30", "2026-10-31T12:00:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z")]
    [InlineData("Australia/Sydney", "exact:02:15", "2026-10-03T02:00:00Z", "2026-10-03T16:00:00Z", "2026-10-04T15:15:00Z")]
    [InlineData("Australia/Sydney", "exact:02:15", "2026-04-04T02:00:00Z", "2026-04-04T15:15:00Z", "2026-04-05T16:15:00Z")]
    [InlineData("Australia/Lord_Howe", "exact:02:15", "2026-10-03T02:00:00Z", "2026-10-03T15:30:00Z", "2026-10-04T15:15:00Z")]
    [InlineData("America/Sao_Paulo", "exact:00:10", "2018-11-03T12:00:00Z", "2018-11-04T03:00:00Z", "2018-11-05T02:10:00Z")]
    [InlineData("Asia/Kathmandu", "exact:00:00", "2026-06-01T00:00:00Z", "2026-06-01T18:15:00Z", "2026-06-02T18:15:00Z")]
    // Samoa crossed the date line: there was no 30 December 2011.
    [InlineData("Pacific/Apia", "exact:12:00", "2011-12-29T23:00:00Z", "2011-12-30T10:00:00Z", "2011-12-30T22:00:00Z")]
    public void Clock_times_hold_over_changes_of_the_clock(string zone, string text, string after, string first, string second)
    {
        Assert.True(TimeZones.TryFind(zone, out var found, out var why), why);
        Assert.True(Schedule.TryParse(text, found, out var schedule, out var reason), reason);

        Assert.Equal(At(first), schedule.Next(At(after)));
        Assert.Equal(At(second), schedule.Next(At(first)));
    }

    [Theory]
    [InlineData("Europe/Oslo")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    public void Through_two_years_each_clock_time_runs_once_a_day_in_order(string zone)
    {
        Assert.True(TimeZones.TryFind(zone, out var found, out _));
        Assert.True(Schedule.TryParse("exact:00:00,02:30,12:00", found, out var schedule, out _));
        var instant = At("2026-01-01T00:00:00Z");
        var end = instant.AddYears(2);
        var runs = 0;
        for (var next = schedule.Next(instant); next < end; next = schedule.Next(next), runs++)
        {
            Assert.True(next > instant);
            instant = next;
        }
        Assert.InRange(runs, 730 * 3 - 1, 730 * 3 + 1);
    }

    [Theory]
    [InlineData("Europe/Olso", "not a time zone this machine knows")]
    [InlineData("", "not the name")]
    [InlineData(null, "not the name")]
    [InlineData("../../etc/passwd", "not the name")]
    [InlineData("/etc/localtime", "not the name")]
    public void An_unknown_zone_is_refused_with_a_reason(string? name, string expected)
    {
        Assert.False(TimeZones.TryFind(name, out _, out var reason));
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    static Schedule Parse(string text)
    {
        Assert.True(Schedule.TryParse(text, TimeZoneInfo.Utc, out var schedule, out var reason), reason);
        return schedule;
    }
}
