using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Netronome.Protocols.Iperf3;

/// <summary>JSON on the control connection: a big-endian 32-bit length, then that many bytes of UTF-8 without terminator.</summary>
public static class Iperf3Frame
{
    /// <summary>Bytes of the length in front.</summary>
    public const int HeaderBytes = 4;

    /// <summary>
    /// The longest document we take, 1 MiB: results of 128 streams need 20 KB, and the rest leaves room for a peer's report.
    /// The length comes from the peer, so nothing is allocated before it is checked (CVE-2023-38403 was that).
    /// </summary>
    public const int MaxJsonBytes = 1 << 20;

    /// <summary>Length of the document that follows.</summary>
    /// <exception cref="ProtocolException">The length is 0 or above <see cref="MaxJsonBytes"/>.</exception>
    public static int ReadLength(ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        return length switch
        {
            0 => throw new ProtocolException("announced an empty document"),
            > MaxJsonBytes => throw new ProtocolException($"announced a document of {length} bytes, more than the {MaxJsonBytes} allowed"),
            _ => (int)length,
        };
    }

    /// <summary>Header and document in one buffer, to be sent at once.</summary>
    public static byte[] Write(Iperf3Parameters parameters) => Write(parameters, Iperf3Json.Default.Iperf3Parameters);

    /// <inheritdoc cref="Write(Iperf3Parameters)"/>
    public static byte[] Write(Iperf3Results results) => Write(results, Iperf3Json.Default.Iperf3Results);

    /// <summary>Parameters of a client. Unknown keys are skipped.</summary>
    /// <exception cref="ProtocolException">Not JSON, or a value of the wrong type.</exception>
    public static Iperf3Parameters ReadParameters(ReadOnlySpan<byte> json) => Read(json, Iperf3Json.Default.Iperf3Parameters);

    /// <summary>Results of either end. Unknown keys are skipped.</summary>
    /// <exception cref="ProtocolException">Not JSON, a value of the wrong type, or a required one missing.</exception>
    public static Iperf3Results ReadResults(ReadOnlySpan<byte> json)
    {
        var results = Read(json, Iperf3Json.Default.Iperf3Results);
        return results.Streams.Contains(null!) ? throw new ProtocolException("sent null for a stream") : results;
    }

    static byte[] Write<T>(T value, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var frame = new byte[HeaderBytes + json.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, json.Length);
        json.CopyTo(frame, HeaderBytes);
        return frame;
    }

    static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new ProtocolException("sent null for a document");
        }
        catch (JsonException exception)
        {
            var where = exception.Path is { Length: > 1 } path ? $" at {path}" : "";
            throw new ProtocolException($"sent a document that can't be read{where}", exception.BytePositionInLine ?? 0, exception);
        }
    }
}
