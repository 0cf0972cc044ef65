using System.Text.Json.Serialization;
using Netronome.Server.Http;

namespace Netronome.Server.SpeedTests;

/// <summary>Which ways a test measures.</summary>
[JsonConverter(typeof(CamelCaseEnum<RunDirection>))]
public enum RunDirection
{
    /// <summary>Towards this server.</summary>
    Download,

    /// <summary>Away from it.</summary>
    Upload,

    /// <summary>Download, then upload.</summary>
    Both,
}

/// <summary>Which way a running test measures now.</summary>
[JsonConverter(typeof(CamelCaseEnum<RunPhase>))]
public enum RunPhase
{
    /// <summary>Towards this server.</summary>
    Download,

    /// <summary>Away from it.</summary>
    Upload,
}

/// <summary>How far a test is.</summary>
[JsonConverter(typeof(CamelCaseEnum<RunStatus>))]
public enum RunStatus
{
    /// <summary>Waits for its turn: one heavy test runs at a time.</summary>
    Queued,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Went to its end.</summary>
    Completed,

    /// <summary>Could not be measured; the error says why.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,

    /// <summary>The server went away while it ran.</summary>
    Aborted,
}

/// <summary>A throughput test, from the order to its result.</summary>
public sealed record SpeedRun
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>How it measures: <c>iperf3</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The far end.</summary>
    public required RunServer Server { get; init; }

    /// <summary>What was asked for.</summary>
    public required RunOptions Options { get; init; }

    /// <summary>How far it is.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Which way it measures now.</summary>
    public RunPhase? Phase { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The figure towards this server.</summary>
    public RunResult? Download { get; init; }

    /// <summary>The figure away from it.</summary>
    public RunResult? Upload { get; init; }

    /// <summary>Why there is no figure, or only one.</summary>
    public RunError? Error { get; init; }

    /// <summary>What was measured along the way; only in the answer about one run.</summary>
    public IReadOnlyList<RunInterval>? Intervals { get; init; }

    /// <summary>Whether nothing more will happen to it.</summary>
    [JsonIgnore]
    public bool IsOver => Status is not (RunStatus.Queued or RunStatus.Running);
}

/// <summary>The far end of a test.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Host">Name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Id">Its number when it is a saved one.</param>
public sealed record RunServer(string Name, string Host, int Port, long? Id = null);

/// <summary>What a test shall do.</summary>
/// <param name="Direction">Which ways.</param>
/// <param name="Seconds">Measured time each way.</param>
/// <param name="Streams">Parallel TCP connections.</param>
/// <param name="OmitSeconds">Warm-up each way that does not count.</param>
public sealed record RunOptions(RunDirection Direction, int Seconds, int Streams, int OmitSeconds);

/// <summary>The figure of one direction. What an end did not tell is absent.</summary>
/// <param name="BitsPerSecond">Payload rate the receiving end saw.</param>
/// <param name="Seconds">Measured time.</param>
/// <param name="BytesSent">Payload the sending end counted.</param>
/// <param name="BytesReceived">Payload the receiving end counted.</param>
/// <param name="Retransmits">Segments sent again.</param>
public sealed record RunResult(
    double BitsPerSecond, double Seconds, long? BytesSent = null, long? BytesReceived = null, long? Retransmits = null);

/// <summary>Why a test gave no figure: a stable word and a sentence.</summary>
public sealed record RunError(string Reason, string Message);

/// <summary>What was measured in about one second.</summary>
public sealed record RunInterval(RunPhase Phase, long FromMs, long ToMs, double BitsPerSecond, bool Omitted);

/// <summary>Tests, newest first.</summary>
/// <param name="Items">One page of them.</param>
/// <param name="NextCursor">What to ask for the next page; absent at the end.</param>
public sealed record SpeedRunList(IReadOnlyList<SpeedRun> Items, string? NextCursor = null);

/// <summary>A test to run, against a saved server or any other.</summary>
public sealed record SpeedRunRequest(
    long? ServerId = null, string? Host = null, int? Port = null, string? Name = null,
    RunDirection? Direction = null, int? Seconds = null, int? Streams = null, int? OmitSeconds = null);

/// <summary>What a running test measured just now, as told live; the fraction of the whole test that is done is from 0 to 1.</summary>
public sealed record RunProgress(
    long Id, RunStatus Status, RunPhase Phase, long FromMs, long ToMs, double BitsPerSecond, bool Omitted, double Fraction);
