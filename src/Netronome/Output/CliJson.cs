using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Netronome.Commands;

namespace Netronome.Output;

/// <summary>JSON of the verbs: camelCase, absent instead of null, one indented document, no escapes beyond what JSON needs.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(Iperf3Document))]
[JsonSerializable(typeof(Netronome.Commands.Ping.PingDocument))]
[JsonSerializable(typeof(ProgramVersion))]
[JsonSerializable(typeof(ConfigReport))]
[JsonSerializable(typeof(ConfigShownValue[]))]
sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>As <see cref="JsonSerializerContext"/>'s default, but quotes and non-ASCII letters stay readable.</summary>
    public static CliJson Readable => field ??=
        new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
