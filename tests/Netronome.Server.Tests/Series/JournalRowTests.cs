using FsCheck;
using FsCheck.Fluent;
using Netronome.Server.Series;

namespace Netronome.Server.Tests.Series;

public sealed class JournalRowTests
{
    [Fact]
    public void Any_samples_come_back_exactly() =>
        Prop.ForAll(
            Gen.ArrayOf(Gen.Three(Gen.Choose(int.MinValue, int.MaxValue)).Select(three => ((long)three.Item1 << 32 ^ three.Item2, (long)three.Item3 << 20))).ToArbitrary(),
            samples => samples.Length == 0 || new[] { SeriesKind.Gauge, SeriesKind.Probe }.All(kind => Returns(kind, samples)))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(0, 60)];
            random.NextBytes(bytes);
            var samples = 0;
            try
            {
                JournalRow.DecodeBody(bytes, (long series, long first, int count, ref ReadOnlySpan<byte> rest, long baseAt) =>
                    rest = SampleBuffer.Read(rest, gauge: false, baseAt, count, 0, (_, _, _, _) => samples++));
            }
            catch (InvalidDataException)
            {
            }

            Assert.InRange(samples, 0, 60);
        }
    }

    static bool Returns(SeriesKind kind, (long At, long Bits)[] samples)
    {
        var head = new SeriesHead(new(12), kind) { Sealed = 5 };
        head.Staged.Clear(samples[0].At);
        foreach (var (at, bits) in samples)
            head.Staged.Append(at, bits);
        List<(long, long)> read = [];
        var told = (0L, 0L);
        JournalRow.Decode(JournalRow.Encode([head], samples[0].At), (long series, long first, int count, ref ReadOnlySpan<byte> rest, long baseAt) =>
        {
            told = (series, first);
            rest = SampleBuffer.Read(rest, kind == SeriesKind.Gauge, baseAt, count, 0, (_, _, at, bits) => read.Add((at, bits)));
        });
        return told == (12, 5) && read.SequenceEqual(samples);
    }
}
