using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netronome.Server;

/// <summary>Times as RFC 3339 in UTC with <c>Z</c>, whatever offset they came with.</summary>
sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
