using System.Text;
using Netronome.Protocols.Iperf3;

namespace Netronome.Protocols.Tests.Iperf3;

public class Iperf3FuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Damaged_documents_are_read_or_refused_but_nothing_else_escapes(int seed)
    {
        var random = new Random(seed);
        var golden = Encoding.UTF8.GetBytes(Iperf3FrameTests.RecordedServerResults);
        var read = 0;
        for (var round = 0; round < 30_000; round++)
        {
            var damaged = Damage(golden, random);
            try
            {
                var results = Iperf3Frame.ReadResults(damaged);
                Assert.All(results.Streams, Assert.NotNull);
                read++;
            }
            catch (ProtocolException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
        // The damage must leave some readable, or the test says nothing about reading.
        Assert.InRange(read, 100, 29_000);
    }

    [Fact]
    public void Rubbish_is_refused()
    {
        var random = new Random(4);
        for (var round = 0; round < 30_000; round++)
        {
            var rubbish = new byte[random.Next(200)];
            random.NextBytes(rubbish);
            Assert.Throws<ProtocolException>(() => Iperf3Frame.ReadResults(rubbish));
        }
    }

    static byte[] Damage(byte[] golden, Random random)
    {
        var bytes = golden.ToArray();
        for (var hits = random.Next(1, 4); hits > 0; hits--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] = (byte)"0123456789eE+-.,:{}[]\"ntf"[random.Next(25)];
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
                    break;
                default:
                    bytes = [.. bytes[..at], .. bytes[Math.Max(0, at - 20)..]];
                    break;
            }
            if (bytes.Length is 0)
                break;
        }
        return bytes;
    }
}
