using System.Text.Json.Serialization;
using Netronome.Server.Accounts;
using Netronome.Server.Health;
using Netronome.Server.Http;
using Netronome.Server.Monitors;
using Netronome.Server.SpeedTests;

namespace Netronome.Server;

/// <summary>Everything the server says and hears as JSON: camelCase, nulls left out, unknown members and doubled names refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    Converters = [typeof(UtcTimeConverter)],
    MaxDepth = 16)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(MessageAnswer))]
[JsonSerializable(typeof(AuthStatus))]
[JsonSerializable(typeof(CredentialsRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(UserAnswer))]
[JsonSerializable(typeof(RegisterAnswer))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(VerifyAnswer))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(ServerStatus))]
[JsonSerializable(typeof(ServerStatusChange))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ReadyAnswer))]
[JsonSerializable(typeof(MonitorList))]
[JsonSerializable(typeof(MonitorRequest))]
[JsonSerializable(typeof(MonitorChanged))]
[JsonSerializable(typeof(MonitorStateChanged))]
[JsonSerializable(typeof(ProbesArrived))]
[JsonSerializable(typeof(TryAnswer))]
[JsonSerializable(typeof(RttHistory))]
[JsonSerializable(typeof(BeatBoard))]
[JsonSerializable(typeof(List<IperfServer>))]
[JsonSerializable(typeof(IperfServerRequest))]
[JsonSerializable(typeof(IperfServerAnswer))]
[JsonSerializable(typeof(SpeedRunRequest))]
[JsonSerializable(typeof(SpeedRun))]
[JsonSerializable(typeof(SpeedRunList))]
[JsonSerializable(typeof(RunProgress))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(RunError))]
[JsonSerializable(typeof(IReadOnlyList<RunInterval>))]
[JsonSerializable(typeof(TestOptions))]
[JsonSerializable(typeof(TestResult))]
[JsonSerializable(typeof(SpeedUpdate))]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(List<ProviderServer>))]
[JsonSerializable(typeof(string))]
sealed partial class ServerJson : JsonSerializerContext;
