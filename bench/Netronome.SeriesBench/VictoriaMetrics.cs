using System.Diagnostics;
using System.Globalization;
using System.Text;
using Netronome.Server.Series;

namespace Netronome.SeriesBench;

/// <summary>The anchor of Debian's package <c>victoria-metrics</c>, on loopback, fed by its JSON import.</summary>
static class VictoriaMetrics
{
    const string Program = "/usr/bin/victoria-metrics", Address = "127.0.0.1:18428";

    internal static async Task ReportAsync(string folder)
    {
        if (!File.Exists(Program))
        {
            Console.WriteLine("anchor: VictoriaMetrics is not installed (Debian package victoria-metrics), not measured");
            return;
        }

        var storage = Path.Combine(folder, "vm");
        using var server = Process.Start(new ProcessStartInfo(
            Program,
            [$"-storageDataPath={storage}", $"-httpListenAddr={Address}", "-retentionPeriod=100y", "-search.latencyOffset=0s"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            while (await server.StandardError.ReadLineAsync() is { } line && !line.Contains("started VictoriaMetrics", StringComparison.Ordinal))
            {
            }

            _ = server.StandardError.ReadToEndAsync();
            await MeasureAsync(storage);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    static async Task MeasureAsync(string storage)
    {
        using var http = new HttpClient { BaseAddress = new($"http://{Address}"), Timeout = TimeSpan.FromMinutes(5) };
        var end = Tiers.Floor(TimeProvider.System.GetUtcNow().ToUnixTimeMicroseconds(), Tiers.DayMicros);
        var ids = Enumerable.Range(0, 1000).Select(index => new SeriesId(index)).ToArray();
        var many = new RttData(1000, 8640, end - Tiers.DayMicros, uneven: false);
        var one = new RttData(1, 259_200, end - (30 * Tiers.DayMicros), uneven: false);
        var bodies = Bodies(many.Batches(ids, 1_000_000).Concat(
            one.Batches([new(1000)], 1_000_000))).ToList();
        var watch = Stopwatch.StartNew();
        foreach (var body in bodies)
            (await http.PostAsync("/api/v1/import", new ByteArrayContent(body))).EnsureSuccessStatusCode();
        var rate = (many.Count + one.Count) / watch.Elapsed.TotalSeconds;
        await http.GetAsync("/internal/force_flush");
        await http.GetAsync("/internal/force_merge");
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        var query = string.Create(CultureInfo.InvariantCulture,
            $"/api/v1/query_range?query=quantile_over_time(0.5,rtt{{n=\"1000\"}}[1h])&start={(end / 1_000_000) - (30 * 86_400)}&end={end / 1_000_000}&step=3600&nocache=1");
        List<double> times = [];
        for (var run = 0; run < 25; run++)
        {
            var start = Stopwatch.GetTimestamp();
            await http.GetByteArrayAsync(query);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        var bytes = Directory.EnumerateFiles(storage, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        Console.WriteLine(
            $"anchor: VictoriaMetrics, JSON import: {rate / 1e3:F0} k samples/s (not flushed to disk when acknowledged), "
            + $"{bytes / (double)(many.Count + one.Count):F2} B/sample, 30 days of one series at 1 h {times[12]:F2} ms");
    }

    /// <summary>Lost probes have no value there and are left out.</summary>
    static IEnumerable<byte[]> Bodies(IEnumerable<Sample[]> batches)
    {
        foreach (var batch in batches)
        {
            var text = new StringBuilder();
            foreach (var series in batch.Where(sample => sample.Bits >= 0).GroupBy(sample => sample.Series.Value))
            {
                text.Append(CultureInfo.InvariantCulture, $"{{\"metric\":{{\"__name__\":\"rtt\",\"n\":\"{series.Key}\"}},\"values\":[")
                    .AppendJoin(',', series.Select(sample => sample.Bits / 1000)).Append("],\"timestamps\":[")
                    .AppendJoin(',', series.Select(sample => sample.AtMicros / 1000)).Append("]}\n");
            }

            yield return Encoding.UTF8.GetBytes(text.ToString());
        }
    }
}
