using System.Text.Json.Serialization;

namespace Netronome.Protocols.Iperf3;

/// <summary>What the client asks for. Keys and their order are iperf3's; a server skips keys that it does not know.</summary>
public sealed record Iperf3Parameters
{
    /// <summary>The payload goes over TCP.</summary>
    [JsonPropertyName("tcp")]
    public bool Tcp { get; init; }

    /// <summary>Warm-up that does not count, seconds, at most 600.</summary>
    [JsonPropertyName("omit"), JsonConverter(typeof(Iperf3IntegerConverter))]
    public long OmitSeconds { get; init; }

    /// <summary>Measured time, seconds, at most 86,400; 0 when bytes or blocks decide.</summary>
    [JsonPropertyName("time"), JsonConverter(typeof(Iperf3IntegerConverter))]
    public long TimeSeconds { get; init; }

    /// <summary>Payload bytes after which the test ends; 0 for none.</summary>
    [JsonPropertyName("num"), JsonConverter(typeof(Iperf3IntegerConverter))]
    public long Bytes { get; init; }

    /// <summary>Blocks after which the test ends; 0 for none.</summary>
    [JsonPropertyName("blockcount"), JsonConverter(typeof(Iperf3IntegerConverter))]
    public long Blocks { get; init; }

    /// <summary>Data connections, 1 to 128.</summary>
    [JsonPropertyName("parallel"), JsonConverter(typeof(Iperf3IntegerConverter))]
    public long Parallel { get; init; }

    /// <summary>The server sends.</summary>
    [JsonPropertyName("reverse"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Reverse { get; init; }

    /// <summary>Bytes of a block, at most 1 MiB.</summary>
    [JsonPropertyName("len"), JsonConverter(typeof(Iperf3IntegerConverter))]
    public long BlockBytes { get; init; }

    /// <summary>Limit per stream, bit/s; 0 for none.</summary>
    [JsonPropertyName("bandwidth"), JsonConverter(typeof(Iperf3IntegerConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BitsPerSecond { get; init; }

    /// <summary>How often the sender looks at its limit, µs.</summary>
    [JsonPropertyName("pacing_timer"), JsonConverter(typeof(Iperf3IntegerConverter))]
    public long PacingTimerMicros { get; init; }

    /// <summary>Name and version of the client, for the server's log.</summary>
    [JsonPropertyName("client_version")]
    public string? ClientVersion { get; init; }
}
