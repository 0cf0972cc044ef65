using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netronome.Server.Http;

/// <summary>Writes an enum as its camelCase word and reads nothing else.</summary>
sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
