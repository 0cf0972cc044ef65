using Netronome.Server.Health;
using Netronome.Server.Monitors;

namespace Netronome.Server.Tests.Monitors;

public class GapFinderTests
{
    static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-11-20T12:00:00Z");
    static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    [Fact]
    public void Regular_probes_leave_no_gap() => Assert.Empty(Find(0, 60, Every(5, 0, 60)));

    [Fact]
    public void A_hole_without_a_known_reason_is_not_measured() =>
        Assert.Equal([(20, 45, GapReason.NotMeasured)], Find(0, 60, [.. Every(5, 0, 20), .. Every(5, 45, 60)]));

    [Fact]
    public void A_pause_is_named_and_takes_the_moments_around_it() =>
        Assert.Equal([(20, 45, GapReason.Paused)], Find(0, 60, [.. Every(5, 0, 20), .. Every(5, 45, 60)], pauses: [(22, 43)]));

    [Fact]
    public void A_pause_that_goes_on_reaches_to_the_end() =>
        Assert.Equal([(20, 60, GapReason.Paused)], Find(0, 60, Every(5, 0, 20), pauses: [(21, null)]));

    [Fact]
    public void A_restart_of_the_server_is_named() =>
        Assert.Equal([(20, 45, GapReason.ServerRestarted)], Find(0, 60, [.. Every(5, 0, 20), .. Every(5, 45, 60)], down: [(23, 41)]));

    [Fact]
    public void One_hole_may_have_several_reasons() =>
        Assert.Equal(
            [(20, 100, GapReason.Paused), (100, 200, GapReason.NotMeasured), (200, 300, GapReason.ServerRestarted)],
            Find(0, 300, Every(5, 0, 20), pauses: [(21, 100)], down: [(200, 298)]));

    [Fact]
    public void A_restart_that_left_no_hole_takes_nothing_away_from_what_was_measured() =>
        Assert.Empty(Find(0, 60, Every(5, 0, 60), down: [(20, 40)]));

    [Fact]
    public void A_pause_within_a_column_is_known_all_the_same() =>
        Assert.Equal([(70, 90, GapReason.Paused)], Find(0, 180, [0, 60, 120], pauses: [(70, 90)], width: 60));

    [Fact]
    public void Probes_at_the_moment_are_not_missing_yet() => Assert.Empty(Find(0, 29, Every(5, 0, 20)));

    static IEnumerable<int> Every(int step, int from, int to) => Enumerable.Range(0, (to - from) / step + 1).Select(number => from + number * step);

    static List<(int, int, GapReason)> Find(
        int from, int to, IEnumerable<int> measured, (int From, int? To)[]? pauses = null, (int From, int To)[]? down = null,
        int width = 0) =>
    [
        .. GapFinder.Find(
            At(from), At(to), measured.Select(At), TimeSpan.FromSeconds(width), Tolerance,
            [.. (pauses ?? []).Select(pause => new Pause(At(pause.From), pause.To is { } end ? At(end) : null))],
            [.. (down ?? []).Select(time => new DownTime(At(time.From), At(time.To)))])
            .Select(gap => ((int)(gap.From - Noon).TotalSeconds, (int)(gap.To - Noon).TotalSeconds, gap.Reason)),
    ];

    static DateTimeOffset At(int seconds) => Noon.AddSeconds(seconds);
}
