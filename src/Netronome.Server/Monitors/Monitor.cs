using System.Text.Json.Serialization;
using Netronome.Server.Http;

namespace Netronome.Server.Monitors;

/// <summary>Which addresses of a name are probed.</summary>
[JsonConverter(typeof(CamelCaseEnum<MonitorFamily>))]
public enum MonitorFamily
{
    /// <summary>Whichever the resolver puts first.</summary>
    Any,

    /// <summary>IPv4 only.</summary>
    Ipv4,

    /// <summary>IPv6 only.</summary>
    Ipv6,
}

/// <summary>What is measured and how often. Each cycle sends some probes; a continuous monitor is one of one probe a cycle.</summary>
public sealed record MonitorDefinition
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Name or address.</summary>
    public required string Target { get; init; }

    /// <summary>Whether it measures.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>A duration from 100 ms, or <c>exact:HH:MM,…</c>.</summary>
    public string Every { get; init; } = "5s";

    /// <summary>The time zone of clock times; null is the server's.</summary>
    public string? Zone { get; init; }

    /// <summary>Probes a cycle.</summary>
    public int Packets { get; init; } = 1;

    /// <summary>Time between two probes of a cycle.</summary>
    public int SpacingMs { get; init; } = 1000;

    /// <summary>A probe without an answer this long after it left is lost.</summary>
    public int DeadlineMs { get; init; } = 3000;

    /// <summary>Bytes after the ICMP header.</summary>
    public int SizeBytes { get; init; } = 56;

    /// <summary>Differentiated services code point.</summary>
    public int Dscp { get; init; }

    /// <summary>Which addresses of the target are probed.</summary>
    public MonitorFamily Family { get; init; }

    /// <summary>Address that probes leave from; null lets the kernel choose.</summary>
    public string? Source { get; init; }
}

/// <summary>A definition as stored.</summary>
sealed record StoredMonitor(long Id, MonitorDefinition Definition, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>How a monitor is doing.</summary>
[JsonConverter(typeof(CamelCaseEnum<MonitorStatus>))]
public enum MonitorStatus
{
    /// <summary>Its first probe is still to come.</summary>
    Waiting,

    /// <summary>It measures.</summary>
    Measuring,

    /// <summary>Somebody paused it.</summary>
    Paused,

    /// <summary>The program may not send such packets.</summary>
    NoPermission,

    /// <summary>The target's name has no address.</summary>
    NameNotResolved,

    /// <summary>It can't measure for another reason.</summary>
    Failed,
}

/// <summary>How a monitor is doing now.</summary>
/// <param name="Status">The state.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="Reason">Why, for people, when it does not measure.</param>
/// <param name="Address">The address that is probed.</param>
/// <param name="Clock">Where time stamps come from: <c>kernel</c>, <c>kernelReceive</c> or <c>user</c>.</param>
/// <param name="NextRunAt">When the next cycle of a monitor that does not measure continuously begins.</param>
public sealed record MonitorState(
    MonitorStatus Status, DateTimeOffset Since, string? Reason = null, string? Address = null, string? Clock = null,
    DateTimeOffset? NextRunAt = null);

/// <summary>A monitor with its state and how its last day was.</summary>
public sealed record MonitorView
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <inheritdoc cref="MonitorDefinition.Name"/>
    public required string Name { get; init; }

    /// <summary>How it measures: <c>icmp</c>.</summary>
    public required string Kind { get; init; }

    /// <inheritdoc cref="MonitorDefinition.Target"/>
    public required string Target { get; init; }

    /// <inheritdoc cref="MonitorDefinition.Enabled"/>
    public required bool Enabled { get; init; }

    /// <inheritdoc cref="MonitorDefinition.Every"/>
    public required string Every { get; init; }

    /// <inheritdoc cref="MonitorDefinition.Zone"/>
    public string? Zone { get; init; }

    /// <inheritdoc cref="MonitorDefinition.Packets"/>
    public required int Packets { get; init; }

    /// <inheritdoc cref="MonitorDefinition.SpacingMs"/>
    public required int SpacingMs { get; init; }

    /// <inheritdoc cref="MonitorDefinition.DeadlineMs"/>
    public required int DeadlineMs { get; init; }

    /// <inheritdoc cref="MonitorDefinition.SizeBytes"/>
    public required int SizeBytes { get; init; }

    /// <inheritdoc cref="MonitorDefinition.Dscp"/>
    public required int Dscp { get; init; }

    /// <inheritdoc cref="MonitorDefinition.Family"/>
    public required MonitorFamily Family { get; init; }

    /// <inheritdoc cref="MonitorDefinition.Source"/>
    public string? Source { get; init; }

    /// <summary>When it was added.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its definition last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How it is doing.</summary>
    public required MonitorState State { get; init; }

    /// <summary>Its last 24 hours; absent when nothing was measured in them.</summary>
    public DaySummary? Last24h { get; init; }
}

/// <summary>The last 24 hours of a monitor. Probes that never were on the wire don't count.</summary>
public sealed record DaySummary(
    long Sent, long Lost, double LossRatio,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? P50Ms,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? P95Ms);

/// <summary>All monitors.</summary>
public sealed record MonitorList(IReadOnlyList<MonitorView> Items);

/// <summary>A monitor to add or to try; what is absent takes its default.</summary>
public sealed record MonitorRequest(
    string? Name = null, string? Kind = null, string? Target = null, bool? Enabled = null, string? Every = null, string? Zone = null,
    int? Packets = null, int? SpacingMs = null, int? DeadlineMs = null, int? SizeBytes = null, int? Dscp = null,
    MonitorFamily? Family = null, string? Source = null);

/// <summary>What a few probes of an unsaved monitor found.</summary>
/// <param name="Sent">Probes sent.</param>
/// <param name="Received">Probes answered.</param>
/// <param name="Results">Each probe.</param>
/// <param name="Address">What the name resolved to.</param>
/// <param name="Clock">Where time stamps come from.</param>
/// <param name="Error">Why nothing, or not all, could be sent.</param>
public sealed record TryAnswer(
    int Sent, int Received, IReadOnlyList<TryProbe> Results, string? Address = null, string? Clock = null, string? Error = null);

/// <summary>One probe: its round-trip time, or why there is none.</summary>
public sealed record TryProbe(double? RttUs = null, string? Loss = null);

/// <summary>A monitor's number, as told live.</summary>
public sealed record MonitorChanged(long Id);

/// <summary>A monitor's new state, as told live.</summary>
public sealed record MonitorStateChanged(long Id, MonitorState State);

/// <summary>Probes that just became durable, in columns, as told live.</summary>
/// <param name="Monitor">The monitor.</param>
/// <param name="T">When each was sent, milliseconds since 1970.</param>
/// <param name="RttUs">Round-trip times, null where lost.</param>
/// <param name="Loss">Why each is lost, null where it is not.</param>
public sealed record ProbesArrived(long Monitor, long[] T, double?[] RttUs, string?[] Loss);
