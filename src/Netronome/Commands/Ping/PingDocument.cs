using System.Text.Json;
using Netronome.Probing;
using Netronome.Probing.Icmp;
using Netronome.Probing.Statistics;
using Netronome.Protocols.Icmp;

namespace Netronome.Commands.Ping;

/// <summary><c>netronome ping --json</c>.</summary>
sealed record PingDocument(IReadOnlyList<PingTargetDocument> Targets);

/// <summary>One target of it. A target that was not measured has <see cref="Reason"/> and <see cref="Message"/> and no figures.</summary>
sealed record PingTargetDocument
{
    public required string Target { get; init; }

    public string? Address { get; init; }

    public string? Family { get; init; }

    public string? Method { get; init; }

    public string? Source { get; init; }

    public string? Interface { get; init; }

    public int? SizeBytes { get; init; }

    public int? Dscp { get; init; }

    public DateTime? BeganAt { get; init; }

    public long? Sent { get; init; }

    public long? Received { get; init; }

    public long? Duplicates { get; init; }

    public long? Late { get; init; }

    public long? Corrupted { get; init; }

    public long? Reordered { get; init; }

    public long? OwnPauses { get; init; }

    public double? LossRatio { get; init; }

    public IReadOnlyDictionary<string, long>? LossReasons { get; init; }

    public PingRttDocument? RttMs { get; init; }

    public double? JitterMs { get; init; }

    public string? Clock { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public IReadOnlyList<PingProbeDocument>? Probes { get; init; }

    public static PingTargetDocument Of(PingTarget target, PingRequest request, IcmpEngine? engine)
    {
        if (target.Failure is { } failure)
        {
            return new()
            {
                Target = target.Target.Text,
                Address = target.Address?.ToString(),
                Reason = Word(failure.Reason),
                Message = failure.Message,
            };
        }

        var (summary, tally) = (target.Summarise(), target.Tally);
        var version = target.Address!.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? IcmpVersion.V4 : IcmpVersion.V6;
        return new()
        {
            Target = target.Target.Text,
            Address = target.Address.ToString(),
            Family = version == IcmpVersion.V4 ? "ipv4" : "ipv6",
            Method = engine?.Mode(version) is { } mode ? $"icmp-{Word(mode)}" : null,
            Source = request.Options.Source?.ToString(),
            Interface = request.Options.Interface,
            SizeBytes = request.Options.PayloadBytes,
            Dscp = request.Options.Dscp,
            BeganAt = target.BeganAt?.UtcDateTime,
            Sent = tally.Sent,
            Received = summary.Received,
            Duplicates = tally.Duplicates,
            Late = tally.Late,
            Corrupted = tally.Corrupted,
            Reordered = tally.Reordered,
            OwnPauses = summary.OwnPauses,
            LossRatio = summary.LossRatio,
            LossReasons = summary.Losses.ToDictionary(loss => Word(loss.Key), loss => loss.Value),
            RttMs = PingRttDocument.Of(summary.Rtt),
            JitterMs = summary.JitterNanoseconds is { } jitter ? Milliseconds(jitter) : null,
            Clock = summary.Clock is { } clock ? Word(clock) : null,
            Probes = target.Probes?.OrderBy(probe => probe.Sequence).Select(PingProbeDocument.Of).ToList(),
        };
    }

    /// <summary>A member of an enumeration as JSON and text show it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>Milliseconds with the nanosecond as last digit.</summary>
    public static double Milliseconds(double nanoseconds) => Math.Round(nanoseconds / 1e6, 6);
}

/// <summary>Round-trip times in milliseconds.</summary>
sealed record PingRttDocument(double Min, double P50, double P95, double P99, double Max, double Mean, double Stddev)
{
    public static PingRttDocument? Of(RttSummary? rtt) => rtt is null
        ? null
        : new(
            PingTargetDocument.Milliseconds(rtt.MinNanoseconds),
            PingTargetDocument.Milliseconds(rtt.P50Nanoseconds),
            PingTargetDocument.Milliseconds(rtt.P95Nanoseconds),
            PingTargetDocument.Milliseconds(rtt.P99Nanoseconds),
            PingTargetDocument.Milliseconds(rtt.MaxNanoseconds),
            PingTargetDocument.Milliseconds(rtt.MeanNanoseconds),
            PingTargetDocument.Milliseconds(rtt.StddevNanoseconds));
}

/// <summary>One probe: either its time or why there is none.</summary>
sealed record PingProbeDocument
{
    public required long Sequence { get; init; }

    public required DateTime SentAt { get; init; }

    public double? RttMs { get; init; }

    public string? Loss { get; init; }

    public int? Ttl { get; init; }

    public string? Clock { get; init; }

    public string? ReportedBy { get; init; }

    public bool? DuringOwnPause { get; init; }

    public static PingProbeDocument Of(ProbeResult probe) => new()
    {
        Sequence = probe.Sequence,
        SentAt = probe.SentAt.UtcDateTime,
        RttMs = probe.Loss == Netronome.Probing.Loss.None ? PingTargetDocument.Milliseconds(probe.RttNanoseconds) : null,
        Loss = probe.Loss == Netronome.Probing.Loss.None ? null : PingTargetDocument.Word(probe.Loss),
        Ttl = probe.ReplyTtl == 0 ? null : probe.ReplyTtl,
        Clock = probe.Loss == Netronome.Probing.Loss.None ? PingTargetDocument.Word(probe.Clock) : null,
        ReportedBy = probe.ReportedBy?.ToString(),
        DuringOwnPause = probe.DuringOwnPause ? true : null,
    };
}
