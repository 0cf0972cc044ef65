using System.Collections.Concurrent;
using Netronome.Probing;
using Netronome.Server.Health;
using Netronome.Server.Series;

namespace Netronome.Server.Monitors;

/// <summary>What monitors measured, from the series store, in the shapes the page draws.</summary>
sealed class MonitorHistory(SeriesAccess series, MonitorStore monitors, ServerLives lives, ServerOptions options, TimeProvider time)
{
    static readonly TimeSpan DayIsFresh = TimeSpan.FromSeconds(20);

    readonly ConcurrentDictionary<long, (long At, DaySummary? Day)> _days = new();

    /// <summary>A range of one monitor in about <paramref name="columns"/> columns.</summary>
    public async Task<RttHistory> ReadAsync(
        StoredMonitor monitor, DateTimeOffset from, DateTimeOffset to, int columns, CancellationToken cancellationToken)
    {
        var store = series.Required;
        var id = await store.FindOrCreateAsync(MonitorSeries.Key(monitor.Id), cancellationToken);
        var (begin, end) = (from.ToUnixTimeMicroseconds(), to.ToUnixTimeMicroseconds());
        var step = Math.Max(1, (end - begin + columns - 1) / columns);
        var pooled = await store.QueryProbesAsync(id, begin, end, step, cancellationToken);
        var points = await ReadFewAsync(store, id, pooled, columns, cancellationToken);
        var pauses = await monitors.ListPausesAsync(monitor.Id, from, to, cancellationToken);
        var downTimes = await lives.ListDownTimesAsync(from, to, cancellationToken);
        var measured = points?.AtMicros ?? pooled.AtMicros.Where((_, column) => pooled.Sent[column] > 0);
        var width = points is null ? TimeSpan.FromMicroseconds(pooled.StepMicros) : TimeSpan.Zero;

        var (start, last) = (Later(from, monitor.CreatedAt), Earlier(to, time.GetUtcNow()));
        var gaps = last > start
            ? GapFinder.Find(
                start, last, measured.Select(UnixMicros.FromUnixTimeMicroseconds), width, Tolerance(monitor.Definition), pauses, downTimes)
            : [];
        var missing = gaps.Sum(gap => (gap.To - gap.From).TotalSeconds);
        var ratio = last > start ? Math.Clamp(1 - missing / (last - start).TotalSeconds, 0, 1) : 0;
        var summary = Summarize(pooled.Summary, ratio);
        return points is null ? OfColumns(pooled, to, gaps, summary) : OfPoints(points, from, to, gaps, summary);
    }

    // Where there are fewer probes than columns each is told by itself, provided that none of them is in the roll-ups only.
    static async Task<ProbePoints?> ReadFewAsync(
        SeriesStore store, SeriesId id, ProbeColumns pooled, int columns, CancellationToken cancellationToken)
    {
        if (pooled.Summary.Sent > columns)
            return null;
        var end = pooled.FromMicros + pooled.StepMicros * pooled.AtMicros.Length;
        var points = await store.ReadProbesAsync(id, pooled.FromMicros, end, columns + 1, cancellationToken);
        return points is { Truncated: false } && points.AtMicros.Length >= pooled.Summary.Sent ? points : null;
    }

    /// <summary>The same range of all monitors in about <paramref name="slots"/> columns.</summary>
    public async Task<BeatBoard> ReadBeatsAsync(DateTimeOffset from, DateTimeOffset to, int slots, CancellationToken cancellationToken)
    {
        var store = series.Required;
        var (begin, end) = (from.ToUnixTimeMicroseconds(), to.ToUnixTimeMicroseconds());
        var step = Math.Max(1, (end - begin + slots - 1) / slots);
        var items = new List<Beats>();
        ProbeColumns? any = null;
        foreach (var monitor in await monitors.ListAsync(cancellationToken))
        {
            var id = await store.FindOrCreateAsync(MonitorSeries.Key(monitor.Id), cancellationToken);
            var pooled = any = await store.QueryProbesAsync(id, begin, end, step, cancellationToken);
            var notSent = NotSent(pooled);
            var summary = Summarize(pooled.Summary, 0);
            items.Add(new Beats(
                monitor.Id, Rounded(pooled.P50Us), Rounded(pooled.P95Us), Less(pooled.Sent, notSent), Less(pooled.Lost, notSent),
                summary.RttMs?.P50, summary.RttMs?.P95, summary.Sent, summary.Lost));
        }

        return new BeatBoard(
            any is null ? from : UnixMicros.FromUnixTimeMicroseconds(any.FromMicros), to, (any?.StepMicros ?? step) / 1000.0, items);
    }

    /// <summary>The last 24 hours of one monitor; a few seconds old at most.</summary>
    public async Task<DaySummary?> ReadDayAsync(long monitor, CancellationToken cancellationToken)
    {
        if (_days.TryGetValue(monitor, out var known) && time.GetElapsedTime(known.At) < DayIsFresh)
            return known.Day;
        if (series.Store is not { } store)
            return null;
        var to = time.GetUtcNow().ToUnixTimeMicroseconds();
        var day = TimeSpan.FromDays(1).Ticks / TimeSpan.TicksPerMicrosecond;
        var id = await store.FindOrCreateAsync(MonitorSeries.Key(monitor), cancellationToken);
        var pooled = await store.QueryProbesAsync(id, to - day, to, day, cancellationToken);
        var summary = Summarize(pooled.Summary, 0);
        var result = summary.Sent == 0
            ? null
            : new DaySummary(summary.Sent, summary.Lost, summary.LossRatio ?? 0, summary.RttMs?.P50, summary.RttMs?.P95);
        _days[monitor] = (time.GetTimestamp(), result);
        return result;
    }

    /// <summary>Removes all that a monitor measured.</summary>
    public async Task DeleteAsync(long monitor, CancellationToken cancellationToken)
    {
        var store = series.Required;
        await store.DeleteAsync(await store.FindOrCreateAsync(MonitorSeries.Key(monitor), cancellationToken), cancellationToken);
        _days.TryRemove(monitor, out _);
    }

    // A probe counts when its deadline has passed; a cycle and a half without any is a hole.
    TimeSpan Tolerance(MonitorDefinition definition)
    {
        var schedule = MonitorRules.ScheduleOf(definition, options.Zone);
        var period = schedule.Every ?? TimeSpan.FromDays(1);
        return period * 1.5 + MonitorRules.CycleOf(definition) + TimeSpan.FromSeconds(2);
    }

    static RttHistorySummary Summarize(ProbeSummary all, double measuredRatio)
    {
        var notSent = all.LostByReason.Where(reason => LossWords.IsNotSent(reason.Key)).Sum(reason => reason.Value);
        var (sent, lost) = (all.Sent - notSent, all.Lost - notSent);
        var reasons = all.LostByReason.Where(reason => reason.Value > 0).ToDictionary(reason => LossWords.Word(reason.Key)!, reason => reason.Value);
        var figures = all.Rtt is { } rtt
            ? new RttFigures(Ms(rtt.MinUs), Ms(rtt.P50Us), Ms(rtt.P95Us), Ms(rtt.P99Us), Ms(rtt.MaxUs), Ms(rtt.MeanUs), Ms(rtt.StddevUs))
            : null;
        return new RttHistorySummary(
            sent, lost, sent == 0 ? null : (double)lost / sent, notSent, reasons, figures, all.JitterUs is { } jitter ? Ms(jitter) : null,
            Math.Round(measuredRatio, 5));
    }

    static RttHistory OfColumns(ProbeColumns pooled, DateTimeOffset to, List<Gap> gaps, RttHistorySummary summary)
    {
        var notSent = NotSent(pooled);
        return new RttHistory
        {
            From = UnixMicros.FromUnixTimeMicroseconds(pooled.FromMicros),
            To = to,
            StepMs = pooled.StepMicros / 1000.0,
            Resolution = pooled.Resolution switch { Tier.Raw => "raw", Tier.Minute => "1m", Tier.Hour => "1h", _ => "1d" },
            T = Array.ConvertAll(pooled.AtMicros, at => (at - pooled.FromMicros) / 1000.0),
            MinUs = Rounded(pooled.MinUs),
            P10Us = Rounded(pooled.P10Us),
            P25Us = Rounded(pooled.P25Us),
            P50Us = Rounded(pooled.P50Us),
            P75Us = Rounded(pooled.P75Us),
            P90Us = Rounded(pooled.P90Us),
            P95Us = Rounded(pooled.P95Us),
            P99Us = Rounded(pooled.P99Us),
            MaxUs = Rounded(pooled.MaxUs),
            Sent = Less(pooled.Sent, notSent),
            Lost = Less(pooled.Lost, notSent),
            Gaps = gaps,
            Summary = summary,
        };
    }

    static RttHistory OfPoints(ProbePoints points, DateTimeOffset from, DateTimeOffset to, List<Gap> gaps, RttHistorySummary summary)
    {
        var rtt = Rounded(points.RttUs);
        var begin = from.ToUnixTimeMicroseconds();
        return new RttHistory
        {
            From = from,
            To = to,
            StepMs = 0,
            Resolution = "probes",
            T = Array.ConvertAll(points.AtMicros, at => (at - begin) / 1000.0),
            MinUs = rtt,
            P10Us = rtt,
            P25Us = rtt,
            P50Us = rtt,
            P75Us = rtt,
            P90Us = rtt,
            P95Us = rtt,
            P99Us = rtt,
            MaxUs = rtt,
            Sent = Array.ConvertAll(points.Loss, loss => LossWords.IsNotSent(loss) ? 0L : 1L),
            Lost = Array.ConvertAll(points.Loss, loss => loss == Loss.None || LossWords.IsNotSent(loss) ? 0L : 1L),
            Gaps = gaps,
            Summary = summary,
        };
    }

    static long[] NotSent(ProbeColumns pooled)
    {
        var notSent = new long[pooled.Sent.Length];
        foreach (var (loss, counts) in pooled.LostByReason)
        {
            if (!LossWords.IsNotSent(loss))
                continue;
            for (var column = 0; column < counts.Length; column++)
                notSent[column] += counts[column];
        }

        return notSent;
    }

    static long[] Less(long[] all, long[] notSent) => [.. all.Zip(notSent, (count, without) => count - without)];

    static double?[] Rounded(double?[] values) => Array.ConvertAll(values, value => value is { } number ? Math.Round(number, 1) : (double?)null);

    static double Ms(double us) => Math.Round(us / 1000, 4);

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
