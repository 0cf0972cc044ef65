using FsCheck;
using FsCheck.Fluent;
using Netronome.Server.Series;

namespace Netronome.Server.Tests.Series;

public sealed class ChunkCodecTests
{
    const long Start = 1_700_000_000_000_000;

    [Theory]
    [InlineData(SeriesKind.Gauge)]
    [InlineData(SeriesKind.Counter)]
    [InlineData(SeriesKind.Probe)]
    public void Any_samples_come_back_exactly(SeriesKind kind) =>
        Prop.ForAll(Columns(kind).ToArbitrary(), columns =>
        {
            var decoded = RoundTrip(kind, columns.At, columns.Bits);
            return decoded.At.SequenceEqual(columns.At) && decoded.Bits.SequenceEqual(columns.Bits);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(SeriesKind.Gauge)]
    [InlineData(SeriesKind.Counter)]
    [InlineData(SeriesKind.Probe)]
    public void The_extremes_come_back_exactly(SeriesKind kind)
    {
        long[] at = [0, 0, 1, Start, Start, long.MaxValue / 4];
        long[] bits = kind switch
        {
            SeriesKind.Probe => [0, long.MaxValue, -1, -255, 1, 0],
            SeriesKind.Counter => [-1, 0, long.MinValue, long.MaxValue, 0, -1],
            _ => [.. new[] { double.NaN, -0.0, double.MaxValue, double.Epsilon, double.NegativeInfinity, 0.1 }
                .Select(BitConverter.DoubleToInt64Bits)],
        };
        var decoded = RoundTrip(kind, at, bits);
        Assert.Equal(at, decoded.At.ToArray());
        Assert.Equal(bits, decoded.Bits.ToArray());
    }

    [Theory]
    [InlineData(SeriesKind.Gauge)]
    [InlineData(SeriesKind.Counter)]
    [InlineData(SeriesKind.Probe)]
    public void Any_bytes_decode_to_something_bounded_or_are_refused(SeriesKind kind)
    {
        var random = new Random(7);
        var codec = new ChunkCodec();
        for (var round = 0; round < 3000; round++)
        {
            var bytes = new byte[random.Next(0, 200)];
            random.NextBytes(bytes);
            var columns = new SampleColumns();
            try
            {
                codec.DecodeStream(kind, bytes, columns);
                Assert.InRange(columns.Count, 1, ChunkCodec.MaxSamples);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void A_changed_byte_is_noticed()
    {
        var (at, bits) = Rtt(500, lateMicros: 100);
        var chunk = new ChunkCodec().Encode(SeriesKind.Probe, at, bits);
        for (var place = 0; place < chunk.Length; place++)
        {
            chunk[place] ^= 0x40;
            Assert.Throws<InvalidDataException>(() => new ChunkCodec().Decode(chunk, new()));
            chunk[place] ^= 0x40;
        }
    }

    [Fact]
    public void Whole_microseconds_of_round_trip_time_on_schedule_take_about_a_byte()
    {
        var (at, bits) = Rtt(3600, lateMicros: 0);
        var size = new ChunkCodec().Encode(SeriesKind.Probe, at, bits).Length;
        Assert.InRange(size / 3600.0, 0.5, 1.1);
    }

    [Fact]
    public void A_schedule_kept_to_the_microsecond_takes_nearly_nothing()
    {
        var at = Enumerable.Range(0, 4000).Select(number => Start + (number * 10_000_000L)).ToArray();
        var size = new ChunkCodec().Encode(SeriesKind.Probe, at, new long[4000]).Length;
        Assert.InRange(size, 1, 60);
    }

    [Fact]
    public void Sensor_readings_with_two_decimals_take_about_a_byte()
    {
        var random = new Random(3);
        var at = Enumerable.Range(0, 2000).Select(number => Start + (number * 10_000_000L)).ToArray();
        var level = 4500;
        var bits = at.Select(_ => BitConverter.DoubleToInt64Bits((level += random.Next(-20, 21)) / 100.0)).ToArray();
        Assert.InRange(new ChunkCodec().Encode(SeriesKind.Gauge, at, bits).Length / 2000.0, 0.1, 1.0);
    }

    static SampleColumns RoundTrip(SeriesKind kind, long[] at, long[] bits)
    {
        var codec = new ChunkCodec();
        var decoded = new SampleColumns();
        codec.Decode(codec.Encode(kind, at, bits), decoded);
        return decoded;
    }

    /// <summary>Every 10 s, an autoregressive round-trip time in whole microseconds.</summary>
    static (long[] At, long[] Bits) Rtt(int count, int lateMicros)
    {
        var random = new Random(1);
        var (at, bits, noise) = (new long[count], new long[count], 0.0);
        for (var number = 0; number < count; number++)
        {
            var gauss = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            noise = (0.7 * noise) + (42 * gauss);
            at[number] = Start + (number * 10_000_000L) + random.Next(0, lateMicros + 1);
            bits[number] = (long)Math.Max(1, Math.Round(18_000 + noise)) * 1000;
        }

        return (at, bits);
    }

    static Gen<(long[] At, long[] Bits)> Columns(SeriesKind kind)
    {
        var step = Gen.OneOf(Gen.Constant(10_000_000L), Gen.Choose(0, 20_000_000).Select(value => (long)value), Gen.Constant(0L),
            Gen.Choose(1, 400).Select(days => days * 86_400_000_000L));
        var any = Gen.Two(Gen.Choose(int.MinValue, int.MaxValue)).Select(pair => ((long)pair.Item1 << 32) ^ pair.Item2);
        var value = kind switch
        {
            SeriesKind.Probe => Gen.OneOf(
                Gen.Choose(0, 30_000).Select(micros => micros * 1000L), Gen.Choose(1, 255).Select(reason => (long)-reason),
                any.Select(number => number & long.MaxValue)),
            SeriesKind.Counter => Gen.OneOf(Gen.Choose(0, 1_000_000).Select(number => (long)number), any),
            _ => Gen.OneOf(
                Gen.Choose(-5000, 5000).Select(number => BitConverter.DoubleToInt64Bits(number / 100.0)), any),
        };
        return from count in Gen.Choose(1, 300)
               from steps in Gen.ArrayOf(step, count)
               from values in Gen.ArrayOf(value, count)
               select (Cumulated(steps), values);
    }

    static long[] Cumulated(long[] steps)
    {
        var at = Start;
        return [.. steps.Select(step => at += step)];
    }
}
