using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netronome.Protocols.Iperf3;

/// <summary>
/// Reads iperf3's integers as they are found: 3.12 writes −1 as 18446744073709551615 (esnet/iperf#1435), older cJSON writes large
/// numbers as 1.5e+10, and a flag may be <c>true</c> where another version has 1.
/// </summary>
sealed class Iperf3IntegerConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => 1,
        JsonTokenType.False => 0,
        JsonTokenType.Number when reader.TryGetInt64(out var whole) => whole,
        // Two's complement of a negative number that was printed as unsigned.
        JsonTokenType.Number when reader.TryGetUInt64(out var wrapped) => unchecked((long)wrapped),
        JsonTokenType.Number when reader.TryGetDouble(out var real) => real switch
        {
            >= 9223372036854775808.0 => -1,
            < -9223372036854775808.0 => throw new JsonException("a number is out of range"),
            _ => (long)real,
        },
        _ => throw new JsonException("a number is expected"),
    };

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
