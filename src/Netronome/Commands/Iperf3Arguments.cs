using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Netronome.Probing.Throughput;

namespace Netronome.Commands;

/// <summary>The options of <c>netronome iperf3</c>: iperf3's letters, units and defaults.</summary>
sealed class Iperf3Arguments
{
    readonly Option<string> host = new("--client", "-c") { Description = "Server to test against", HelpName = "host", Required = true };
    readonly Option<int?> port = new("--port", "-p") { Description = "Port of the server (default 5201)", HelpName = "port" };
    readonly Option<int?> streams = new("--parallel", "-P") { Description = "Parallel streams, 1 to 128 (default 1)", HelpName = "n" };
    readonly Option<bool> reverse = new("--reverse", "-R") { Description = "The server sends, we receive" };
    readonly Option<TimeSpan?> duration = Seconds("--time", "-t", "Seconds to measure, also 500ms, 2m (default 10)");
    readonly Option<TimeSpan?> omit = Seconds("--omit", "-O", "Seconds of warm-up that do not count (default 0)");
    readonly Option<TimeSpan?> interval = Seconds("--interval", "-i", "Seconds between two reports (default 1); 0 for none");
    readonly Option<long?> bytes = Amount("--bytes", "-n", "Bytes to move, instead of a time (K, M, G: 1024)", 1024);
    readonly Option<long?> blocks = Amount("--blockcount", "-k", "Blocks to move, instead of a time (K, M, G: 1024)", 1024);
    readonly Option<long?> rate = Amount("--bitrate", "-b", "Limit per stream, bit/s (K, M, G: 1000); 0 for none", 1000);
    readonly Option<long?> block = Amount("--length", "-l", "Bytes per write (default 128K)", 1024);
    readonly Option<bool> four = new("--version4", "-4") { Description = "Only IPv4" };
    readonly Option<bool> six = new("--version6", "-6") { Description = "Only IPv6" };
    readonly Option<bool> copy = new("--copy-received") { Description = "Copy received payload instead of dropping it in the kernel" };
    readonly Option<int?> timeout = new("--connect-timeout")
    {
        Description = "Limit for connecting and each answer (default 10000)", HelpName = "ms",
    };

    readonly Option<IPAddress?> source = new("--bind", "-B")
    {
        Description = "Address to send from",
        HelpName = "address",
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address))
                return address;
            result.AddError($"'{result.Tokens[0].Value}' is not an address");
            return null;
        },
    };

    // Scripts pass it to see lines at once; ours come at once anyway.
    readonly Option<bool> forceFlush = new("--forceflush") { Hidden = true };

    public Option<char> Format { get; } = new("--format", "-f")
    {
        Description = "Unit of rates: k m g t bits, K M G T bytes per second",
        HelpName = "letter",
        CustomParser = result =>
        {
            if (result.Tokens[0].Value is [var letter] && "kmgtKMGTaA".Contains(letter))
                return letter;
            result.AddError($"'{result.Tokens[0].Value}' is not a unit: one of k m g t K M G T is");
            return 'a';
        },
        DefaultValueFactory = _ => 'a',
    };

    public Option<bool> PeerJson { get; } = new("-J") { Description = "Print iperf3's JSON document" };

    public Option<bool> JsonStream { get; } = new("--json-stream") { Description = "Print iperf3's JSON events, one a line, as they happen" };

    public Option<bool> Json { get; } = new("--json") { Description = "Print our own JSON document" };

    public IEnumerable<Option> All =>
    [
        host, port, streams, reverse, duration, omit, interval, bytes, blocks, rate, block, four, six, source, Format, PeerJson, JsonStream,
        Json, copy, timeout, forceFlush,
    ];

    /// <summary>What was asked for; impossible values are left to the options' own check.</summary>
    public Iperf3Options ToOptions(ParseResult parse)
    {
        var blockBytes = parse.GetValue(block) ?? 128 * 1024;
        return new()
        {
            Host = parse.GetValue(host) ?? "",
            Port = parse.GetValue(port) ?? 5201,
            Direction = parse.GetValue(reverse) ? TransferDirection.Download : TransferDirection.Upload,
            Streams = parse.GetValue(streams) ?? 1,
            Duration = parse.GetValue(duration) ?? TimeSpan.FromSeconds(10),
            Omit = parse.GetValue(omit) ?? TimeSpan.Zero,
            ReportInterval = parse.GetValue(interval) ?? TimeSpan.FromSeconds(1),
            Bytes = parse.GetValue(bytes) ?? parse.GetValue(blocks) * blockBytes,
            BlockBytes = (int)Math.Min(blockBytes, int.MaxValue),
            BitsPerSecondPerStream = parse.GetValue(rate) is 0 ? null : parse.GetValue(rate),
            Family = (parse.GetValue(four), parse.GetValue(six)) switch
            {
                (true, false) => AddressFamily.InterNetwork,
                (false, true) => AddressFamily.InterNetworkV6,
                _ => null,
            },
            Source = parse.GetValue(source),
            CopyReceived = parse.GetValue(copy),
            ControlTimeout = TimeSpan.FromMilliseconds(parse.GetValue(timeout) ?? 10_000),
        };
    }

    static Option<TimeSpan?> Seconds(string name, string letter, string description) => new(name, letter)
    {
        Description = description,
        HelpName = "s",
        CustomParser = result =>
        {
            if (Iperf3Numbers.TryParseSeconds(result.Tokens[0].Value, out var span))
                return span;
            result.AddError($"'{result.Tokens[0].Value}' is not a time for {name}: a number of seconds is, or one with ms, s, m or h");
            return null;
        },
    };

    static Option<long?> Amount(string name, string letter, string description, int kilo) => new(name, letter)
    {
        Description = description,
        HelpName = "n[KMG]",
        CustomParser = result =>
        {
            if (Iperf3Numbers.TryParseAmount(result.Tokens[0].Value, kilo, out var amount))
                return amount;
            result.AddError($"'{result.Tokens[0].Value}' is not an amount for {name}: a number is, or one with K, M, G or T");
            return null;
        },
    };
}
