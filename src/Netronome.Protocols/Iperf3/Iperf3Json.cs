using System.Text.Json.Serialization;

namespace Netronome.Protocols.Iperf3;

/// <summary>The documents of the control connection, with iperf3's own key names.</summary>
[JsonSourceGenerationOptions(
    MaxDepth = 16,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(Iperf3Parameters))]
[JsonSerializable(typeof(Iperf3Results))]
sealed partial class Iperf3Json : JsonSerializerContext;
