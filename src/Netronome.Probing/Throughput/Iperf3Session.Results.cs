using Netronome.Protocols.Iperf3;

namespace Netronome.Probing.Throughput;

/// <summary>What the test has come to.</summary>
sealed partial class Iperf3Session
{
    string? congestion;

    /// <summary>The outcome as far as the test went.</summary>
    public Iperf3Result ToResult(ThroughputFailure? failure, string? message)
    {
        var results = meter?.ToResults(peer) ?? [];
        var far = peer is null
            ? null
            : new CpuShare(Ratio(peer.CpuTotalPercent), Ratio(peer.CpuUserPercent), Ratio(peer.CpuSystemPercent));
        // linux/tcp.h: TCP_CA_NAME_MAX is 16; a longer name is none.
        var farCongestion = peer?.CongestionUsed is { Length: <= 16 } name ? name : null;
        return new()
        {
            Address = server?.Address.ToString(),
            Start = start,
            Streams = results,
            SentBytes = Sum(results, stream => stream.SentBytes),
            ReceivedBytes = Sum(results, stream => stream.ReceivedBytes),
            // All streams of one end are measured over the same time.
            SenderDuration = results.Max(stream => stream.SenderDuration),
            ReceiverDuration = results.Max(stream => stream.ReceiverDuration),
            Retransmits = Sum(results, stream => stream.Retransmits),
            LocalCpu = cpu?.Share,
            RemoteCpu = far,
            SenderCongestion = sending ? congestion : farCongestion,
            ReceiverCongestion = sending ? farCongestion : congestion,
            Intervals = meter?.Intervals ?? [],
            Failure = failure,
            Message = message,
        };
    }

    Iperf3Results Results()
    {
        var own = cpu?.Share;
        congestion = TcpInfo.CongestionControl(streams[0].Socket);
        var wire = meter!.ToWire();
        return new()
        {
            CpuTotalPercent = own?.TotalRatio * 100 ?? 0,
            CpuUserPercent = own?.UserRatio * 100 ?? 0,
            CpuSystemPercent = own?.SystemRatio * 100 ?? 0,
            SenderHasRetransmits = !sending ? -1 : meter.CountsRetransmits ? 1 : 0,
            CongestionUsed = congestion,
            Streams = wire,
        };
    }

    static double? Ratio(double? percent) => percent is { } known && double.IsFinite(known) ? known / 100 : null;

    /// <summary>A sum with a part missing is no sum.</summary>
    static long? Sum(IReadOnlyList<Iperf3StreamResult> streams, Func<Iperf3StreamResult, long?> figure) =>
        streams.Count is 0 ? null : streams.Aggregate((long?)0, (sum, stream) => sum + figure(stream));
}
