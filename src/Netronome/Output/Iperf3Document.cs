using System.Text.Json;
using Netronome.Probing.Throughput;

namespace Netronome.Output;

/// <summary>Our own JSON of a throughput test. What nobody measured is absent.</summary>
sealed record Iperf3Document
{
    public required string Host { get; init; }

    public required int Port { get; init; }

    public string? Address { get; init; }

    public required string Direction { get; init; }

    public required int Streams { get; init; }

    public required double OmitSeconds { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public Iperf3End? Sent { get; init; }

    public Iperf3End? Received { get; init; }

    /// <summary>Received after the measured time, in no other figure.</summary>
    public long? LateBytes { get; init; }

    public long? Retransmits { get; init; }

    public string? SenderCongestion { get; init; }

    public string? ReceiverCongestion { get; init; }

    public double? LocalCpuRatio { get; init; }

    public double? RemoteCpuRatio { get; init; }

    public bool? ReceivesWithoutCopy { get; init; }

    public required IReadOnlyList<Iperf3DocumentStream> PerStream { get; init; }

    public required IReadOnlyList<Iperf3DocumentInterval> Intervals { get; init; }

    public Iperf3DocumentError? Error { get; init; }

    public static Iperf3Document Of(Iperf3Options options, Iperf3Result result) => new()
    {
        Host = options.Host,
        Port = options.Port,
        Address = result.Address,
        Direction = Word(options.Direction),
        Streams = options.Streams,
        OmitSeconds = options.Omit.TotalSeconds,
        StartedAt = result.StartedAt,
        Sent = Iperf3End.Of(result.SentBytes, result.SenderDuration),
        Received = Iperf3End.Of(result.ReceivedBytes, result.ReceiverDuration),
        LateBytes = result.LateBytes,
        Retransmits = result.Retransmits,
        SenderCongestion = result.SenderCongestion,
        ReceiverCongestion = result.ReceiverCongestion,
        LocalCpuRatio = result.LocalCpuRatio,
        RemoteCpuRatio = result.RemoteCpuRatio,
        ReceivesWithoutCopy = options.Direction is TransferDirection.Download ? result.Start?.ReceivesWithoutCopy : null,
        PerStream = [.. result.Streams.Select(Iperf3DocumentStream.Of)],
        Intervals = [.. result.Intervals.Select(Iperf3DocumentInterval.Of)],
        Error = result.Failure is { } failure ? new(Word(failure), result.Message ?? "") : null,
    };

    static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <summary>What one end counted.</summary>
sealed record Iperf3End(long Bytes, double Seconds, double BitsPerSecond)
{
    public static Iperf3End? Of(long? bytes, TimeSpan? duration) =>
        bytes is { } moved && duration is { TotalSeconds: > 0 and var seconds } ? new(moved, seconds, moved * 8.0 / seconds) : null;
}

/// <summary>One stream of the whole test.</summary>
sealed record Iperf3DocumentStream(
    int Stream,
    Iperf3End? Sent,
    Iperf3End? Received,
    long? LateBytes,
    long? Retransmits,
    double? MinRttMs,
    double? MeanRttMs,
    double? MaxRttMs)
{
    public static Iperf3DocumentStream Of(Iperf3StreamResult stream) => new(
        stream.Stream,
        Iperf3End.Of(stream.SentBytes, stream.SenderDuration),
        Iperf3End.Of(stream.ReceivedBytes, stream.ReceiverDuration),
        stream.LateBytes,
        stream.Retransmits,
        stream.MinRttMicros / 1000.0,
        stream.MeanRttMicros / 1000.0,
        stream.MaxRttMicros / 1000.0);
}

/// <summary>One report interval; times since the beginning, the warm-up included.</summary>
sealed record Iperf3DocumentInterval(
    double FromMs, double ToMs, long Bytes, double BitsPerSecond, bool Omitted, IReadOnlyList<Iperf3DocumentIntervalStream> PerStream)
{
    public static Iperf3DocumentInterval Of(Iperf3Interval interval) => new(
        interval.From.TotalMilliseconds,
        interval.To.TotalMilliseconds,
        interval.Bytes,
        interval.BitsPerSecond,
        interval.Omitted,
        [.. interval.Streams.Select(Iperf3DocumentIntervalStream.Of)]);
}

/// <summary>One stream in one report interval.</summary>
sealed record Iperf3DocumentIntervalStream(
    int Stream, long Bytes, long? Retransmits, long? CongestionWindowBytes, double? RttMs, double? RttVarMs)
{
    public static Iperf3DocumentIntervalStream Of(Iperf3StreamInterval part) => new(
        part.Stream, part.Bytes, part.Retransmits, part.CongestionWindowBytes, part.RttMicros / 1000.0, part.RttVarMicros / 1000.0);
}

/// <summary>Why there is no result, or only a part.</summary>
sealed record Iperf3DocumentError(string Reason, string Message);
