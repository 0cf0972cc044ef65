using System.Globalization;
using System.Net.Sockets;
using Netronome.Probing;
using Netronome.Probing.Statistics;

namespace Netronome.Commands.Ping;

/// <summary>The lines of ping, in the shape that scripts look for: icmp_seq from 1, milliseconds with three decimals.</summary>
sealed class PingText(TextWriter output, PingRequest request)
{
    readonly Lock gate = new();

    /// <summary><c>PING host (address) 56(84) bytes of data.</c></summary>
    public void Begin(PingTarget target)
    {
        // Data, and in brackets the whole packet: 8 bytes of ICMP and 20 of IPv4 or 40 of IPv6.
        var headers = target.Address!.AddressFamily == AddressFamily.InterNetwork ? 28 : 48;
        var size = request.Options.PayloadBytes;
        var from = (request.Options.Source, request.Options.Interface) switch
        {
            ({ } source, _) => $" from {source}",
            (_, { } name) => $" from {name}",
            _ => "",
        };
        Write($"PING {target.Target} ({target.Address}){from} {size}({size + headers}) bytes of data.");
    }

    /// <summary>One probe decided.</summary>
    public void Result(PingTarget target, ProbeResult result)
    {
        if (request.Quiet)
            return;
        var number = result.Sequence + 1;
        var pause = result.DuringOwnPause ? " (during a pause of this program)" : "";
        if (result.Loss == Loss.None)
        {
            var ttl = result.ReplyTtl == 0 ? "" : $" ttl={result.ReplyTtl}";
            var clock = request.Verbose ? $" clock={PingTargetDocument.Word(result.Clock)}" : "";
            // ICMP's 8 bytes are counted, as ping does.
            Write($"{request.Options.PayloadBytes + 8} bytes from {target.Address}: icmp_seq={number}{ttl} time={Ms(result.RttNanoseconds)} ms{clock}{pause}");
        }
        else if (result.Loss == Loss.Timeout)
        {
            Write($"No answer from {target.Address}: icmp_seq={number} within {Ms(request.Options.Deadline.TotalNanoseconds)} ms{pause}");
        }
        else
        {
            Write($"From {result.ReportedBy?.ToString() ?? "this machine"} icmp_seq={number} {Sentence(result.Loss)}{pause}");
        }
    }

    /// <summary>The closing lines. The first three are ping's; ours follow.</summary>
    public void End(PingTarget target)
    {
        var (summary, tally) = (target.Summarise(), target.Tally);
        lock (gate)
        {
            output.WriteLine();
            output.WriteLine($"--- {target.Target} ping statistics ---");
            var duplicates = tally.Duplicates > 0 ? $" +{tally.Duplicates} duplicates," : "";
            var errors = summary.Losses.Where(loss => loss.Key != Loss.Timeout).Sum(loss => loss.Value);
            var withErrors = errors > 0 ? $" +{errors} errors," : "";
            output.WriteLine(
                $"{tally.Sent} packets transmitted, {summary.Received} received,{duplicates}{withErrors} {Percent(summary)} packet loss, time {Elapsed(target)}ms");
            if (summary.Rtt is { } rtt)
            {
                output.WriteLine(
                    $"rtt min/avg/max/mdev = {Ms(rtt.MinNanoseconds)}/{Ms(rtt.MeanNanoseconds)}/{Ms(rtt.MaxNanoseconds)}/{Ms(rtt.StddevNanoseconds)} ms");
                var jitter = summary.JitterNanoseconds is { } value ? Ms(value) : "-";
                output.WriteLine($"rtt p50/p95/jitter = {Ms(rtt.P50Nanoseconds)}/{Ms(rtt.P95Nanoseconds)}/{jitter} ms");
            }

            if (Rest(summary, tally) is { Length: > 0 } rest)
                output.WriteLine(rest);
        }
    }

    /// <summary>The line for SIGQUIT.</summary>
    public void Interim(TextWriter error, PingTarget target, bool isOnly)
    {
        var summary = target.Summarise();
        var name = isOnly ? "" : $"{target.Target}: ";
        var rtt = summary.Rtt is { } times
            ? $", min/avg/p95/max = {Ms(times.MinNanoseconds)}/{Ms(times.MeanNanoseconds)}/{Ms(times.P95Nanoseconds)}/{Ms(times.MaxNanoseconds)} ms"
            : "";
        lock (gate)
        {
            error.WriteLine($"{name}{summary.Received}/{target.Tally.Sent} packets, {Percent(summary)} loss{rtt}");
        }
    }

    void Write(string line)
    {
        lock (gate)
        {
            output.WriteLine(line);
        }
    }

    // What ping has no words for, only when there is something to tell.
    static string Rest(ProbeSummary summary, ProbeTally tally)
    {
        (string Name, long Count)[] counts =
        [
            ("in flight", tally.InFlight), ("late", tally.Late), ("corrupted", tally.Corrupted), ("reordered", tally.Reordered),
            ("skipped", tally.Skipped), ("during own pauses", summary.OwnPauses),
        ];
        var parts = counts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Name}");
        if (summary.Clock is { } clock and not ClockSource.Kernel)
            parts = parts.Append($"stamps of some answers: {PingTargetDocument.Word(clock)}");
        return string.Join(", ", parts);
    }

    static string Sentence(Loss loss) => loss switch
    {
        Loss.HostUnreachable => "Destination Host Unreachable",
        Loss.NetworkUnreachable => "Destination Net Unreachable",
        Loss.PortUnreachable => "Destination Port Unreachable",
        Loss.AdminProhibited => "Packet filtered",
        Loss.TtlExceeded => "Time to live exceeded",
        Loss.TooBig => "Frag needed or message too long",
        _ => "Could not be sent",
    };

    // Of the decided ones: a probe in flight when we stop is not lost.
    static string Percent(ProbeSummary summary) =>
        ((summary.LossRatio ?? 0) * 100).ToString("0.####", CultureInfo.InvariantCulture) + "%";

    static long Elapsed(PingTarget target) =>
        target is { BeganAt: { } began, EndedAt: { } ended } ? Math.Max(0, (long)(ended - began).TotalMilliseconds) : 0;

    static string Ms(double nanoseconds) => (nanoseconds / 1e6).ToString("0.000", CultureInfo.InvariantCulture);
}
