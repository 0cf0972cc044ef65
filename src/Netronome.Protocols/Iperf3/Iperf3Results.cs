using System.Text.Json.Serialization;

namespace Netronome.Protocols.Iperf3;

/// <summary>What one end tells the other after the test; the same shape both ways.</summary>
public sealed record Iperf3Results
{
    /// <summary>CPU of the process during the test, percent of one core; null when the peer printed none.</summary>
    [JsonPropertyName("cpu_util_total"), JsonRequired]
    public double? CpuTotalPercent { get; init; }

    /// <summary>Its part in user mode.</summary>
    [JsonPropertyName("cpu_util_user"), JsonRequired]
    public double? CpuUserPercent { get; init; }

    /// <summary>Its part in the kernel.</summary>
    [JsonPropertyName("cpu_util_system"), JsonRequired]
    public double? CpuSystemPercent { get; init; }

    /// <summary>1 when this end sent and its kernel counts retransmissions, 0 when it does not count, −1 when it did not send.</summary>
    [JsonPropertyName("sender_has_retransmits"), JsonRequired, JsonConverter(typeof(Iperf3IntegerConverter))]
    public long SenderHasRetransmits { get; init; }

    /// <summary>Congestion control of this end's sockets.</summary>
    [JsonPropertyName("congestion_used")]
    public string? CongestionUsed { get; init; }

    /// <summary>One entry for each data connection.</summary>
    [JsonPropertyName("streams"), JsonRequired]
    public IReadOnlyList<Iperf3StreamResults> Streams { get; init; } = [];
}

/// <summary>One data connection in <see cref="Iperf3Results"/>.</summary>
public sealed record Iperf3StreamResults
{
    /// <summary>Number of the connection, see <see cref="Iperf3StreamId"/>.</summary>
    [JsonPropertyName("id"), JsonRequired, JsonConverter(typeof(Iperf3IntegerConverter))]
    public long Id { get; init; }

    /// <summary>Payload bytes after the warm-up: sent by the sender, received by the receiver.</summary>
    [JsonPropertyName("bytes"), JsonRequired, JsonConverter(typeof(Iperf3IntegerConverter))]
    public long Bytes { get; init; }

    /// <summary>Segments sent again; −1 when not known.</summary>
    [JsonPropertyName("retransmits"), JsonRequired, JsonConverter(typeof(Iperf3IntegerConverter))]
    public long Retransmits { get; init; }

    /// <summary>UDP only: jitter, seconds (RFC 1889 A.8).</summary>
    [JsonPropertyName("jitter"), JsonRequired]
    public double? JitterSeconds { get; init; }

    /// <summary>UDP only: datagrams lost.</summary>
    [JsonPropertyName("errors"), JsonRequired, JsonConverter(typeof(Iperf3IntegerConverter))]
    public long Errors { get; init; }

    /// <summary>UDP only: highest datagram number.</summary>
    [JsonPropertyName("packets"), JsonRequired, JsonConverter(typeof(Iperf3IntegerConverter))]
    public long Packets { get; init; }

    /// <summary>Start, seconds, 0 as a rule; absent in old versions.</summary>
    [JsonPropertyName("start_time")]
    public double? StartSeconds { get; init; }

    /// <summary>End, seconds on the clock of <see cref="StartSeconds"/>; absent in old versions.</summary>
    [JsonPropertyName("end_time")]
    public double? EndSeconds { get; init; }
}
