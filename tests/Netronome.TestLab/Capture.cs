using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Netronome.TestLab;

/// <summary>A packet as the kernel saw it on an interface.</summary>
/// <param name="UnixNanoseconds">The kernel's time stamp.</param>
/// <param name="Bytes">From the link layer on: an Ethernet header on veth, the bare IP packet on a delayed link (TUN).</param>
public sealed record CapturedPacket(long UnixNanoseconds, byte[] Bytes);

/// <summary>A running tcpdump inside a lab host: golden bytes for tests, true times for benches.</summary>
public sealed partial class Capture : IAsyncDisposable
{
    readonly RunningProgram tcpdump;
    readonly string file;
    readonly bool loopback;

    Capture(RunningProgram tcpdump, string file, bool loopback) => (this.tcpdump, this.file, this.loopback) = (tcpdump, file, loopback);

    internal static async Task<Capture> StartAsync(LabHost host, string device, string filter, CancellationToken cancellationToken)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{host.NamespaceName}-{device}-{Guid.NewGuid():N}.pcap");
        var tcpdump = host.Start(new ProgramCommand("tcpdump",
            ["-i", device, "-w", file, "-U", "--immediate-mode", "--time-stamp-precision=nano", "-s", "0", "-B", "8192", "-Z", "root",
                .. filter.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        await tcpdump.ErrorLineAsync(line => line.Contains("listening on", StringComparison.Ordinal), cancellationToken);
        return new Capture(tcpdump, file, loopback: device == "lo");
    }

    /// <summary>Ends the capture and returns what it saw, all of it: fails if the kernel dropped some.</summary>
    public async Task<IReadOnlyList<CapturedPacket>> StopAsync(CancellationToken cancellationToken = default)
    {
        await DrainAsync(cancellationToken);
        tcpdump.Signal(Libc.SignalInterrupt);
        var ended = await tcpdump.WaitAsync(cancellationToken);
        ended.Succeeded();
        return Read(await File.ReadAllBytesAsync(file, cancellationToken));
    }

    /// <summary>An interrupted tcpdump throws away what the kernel still holds for it; it says how much that is when asked by SIGUSR1.</summary>
    async Task DrainAsync(CancellationToken cancellationToken)
    {
        for (var asked = 1; ; asked++)
        {
            tcpdump.Signal(Libc.SignalUser1);
            var answers = 0;
            var answer = Answer().Match(await tcpdump.ErrorLineAsync(line => Answer().IsMatch(line) && ++answers == asked, cancellationToken));
            var (written, passed, dropped) = (Number(1), Number(2), Number(3));
            if (dropped > 0)
            {
                throw new LabException($"The capture lost {dropped} packets: {answer.Value}");
            }

            // On loopback each packet passes twice and is written once.
            if (written >= (loopback ? passed / 2 : passed))
            {
                return;
            }

            int Number(int group) => int.Parse(answer.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        }
    }

    [GeneratedRegex(@"(\d+) packets? captured, (\d+) packets? received by filter, (\d+) packets? dropped by kernel")]
    private static partial Regex Answer();

    /// <summary>Reads a capture file with nanosecond stamps (pcap-savefile(5)) in this machine's byte order.</summary>
    internal static IReadOnlyList<CapturedPacket> Read(ReadOnlySpan<byte> file)
    {
        const uint NanosecondMagic = 0xa1b23c4d;
        const int FileHeaderBytes = 24;
        const int PacketHeaderBytes = 16;
        if (file.Length < FileHeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(file) != NanosecondMagic)
        {
            throw new LabException("This is no capture file with nanosecond time stamps.");
        }

        var packets = new List<CapturedPacket>();
        var rest = file[FileHeaderBytes..];
        while (rest.Length >= PacketHeaderBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest[8..]);
            if (length < 0 || rest.Length < PacketHeaderBytes + length)
            {
                break;
            }

            packets.Add(new CapturedPacket(
                (BinaryPrimitives.ReadUInt32LittleEndian(rest) * 1_000_000_000L) + BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]),
                rest.Slice(PacketHeaderBytes, length).ToArray()));
            rest = rest[(PacketHeaderBytes + length)..];
        }

        return packets;
    }

    public async ValueTask DisposeAsync()
    {
        await tcpdump.DisposeAsync();
        File.Delete(file);
    }
}
