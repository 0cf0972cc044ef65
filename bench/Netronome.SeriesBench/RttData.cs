using Netronome.Server.Series;

namespace Netronome.SeriesBench;

/// <summary>
/// Round-trip times as a home line has them: a base of its own for each target (5 to 45 ms) and noise that remembers a little
/// (autoregressive of order 1, coefficient 0.7, normal innovations with a deviation of 42 µs), in whole microseconds; one probe in 500
/// meets a queue and takes up to 20 ms longer, one in 1,000 is lost. The noise alone has log2(42·√(2πe)) = 7.4 bits, 0.93 byte a sample.
/// </summary>
sealed class RttData(int seriesCount, int samplesEach, long startMicros, bool uneven)
{
    const long EveryMicros = 10_000_000;

    internal int Count => seriesCount * samplesEach;

    /// <summary>All samples as the world delivers them: round after round, each series once.</summary>
    internal IEnumerable<Sample[]> Batches(IReadOnlyList<SeriesId> series, int batchSamples)
    {
        var random = new Random(42);
        var (bases, noise, phase) = (new double[seriesCount], new double[seriesCount], new long[seriesCount]);
        for (var index = 0; index < seriesCount; index++)
            (bases[index], phase[index]) = (5000 + (random.NextDouble() * 40_000), random.NextInt64(EveryMicros / 1000) * 1000);
        var (batch, filled) = (new Sample[batchSamples], 0);
        for (var round = 0; round < samplesEach; round++)
        {
            for (var index = 0; index < seriesCount; index++)
            {
                noise[index] = (0.7 * noise[index]) + (42 * Gauss(random));
                var rtt = Math.Max(1, Math.Round(bases[index] + noise[index] + (random.Next(500) == 0 ? random.NextDouble() * 20_000 : 0)));
                var late = uneven ? (long)(-100 * Math.Log(1 - random.NextDouble())) : 0;
                batch[filled++] = new(
                    series[index], startMicros + phase[index] + (round * EveryMicros) + late, random.Next(1000) == 0 ? -1 : (long)rtt * 1000);
                if (filled < batch.Length)
                    continue;
                yield return batch;
                (batch, filled) = (new Sample[batchSamples], 0);
            }
        }

        if (filled > 0)
            yield return batch[..filled];
    }

    static double Gauss(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
