namespace Netronome.Server.Health;

/// <summary>How the server is.</summary>
/// <param name="Version">Of the program.</param>
/// <param name="StartedAt">When this life began.</param>
/// <param name="Now">The server's clock.</param>
/// <param name="Zone">The time zone of schedules that name none.</param>
/// <param name="BaseUrl">The sub-path of the page.</param>
/// <param name="Monitors">Counts of monitors.</param>
/// <param name="Database">The database.</param>
/// <param name="Series">The series store.</param>
/// <param name="Icmp">Whether ICMP can be sent.</param>
public sealed record ServerStatus(
    string Version, DateTimeOffset StartedAt, DateTimeOffset Now, string Zone, string BaseUrl,
    MonitorCounts Monitors, DatabaseStatus Database, SeriesStatusView Series, IcmpStatus Icmp);

/// <summary>The parts of <see cref="ServerStatus"/> that change by themselves, as told live.</summary>
public sealed record ServerStatusChange(MonitorCounts Monitors, DatabaseStatus Database, SeriesStatusView Series, IcmpStatus Icmp);

/// <summary>How many monitors there are, and how they do.</summary>
public sealed record MonitorCounts(int Total, int Measuring, int Paused, int Failing);

/// <summary>The database.</summary>
/// <param name="Kind"><c>sqlite</c> or <c>postgres</c>.</param>
/// <param name="Status"><c>ready</c> or <c>away</c>.</param>
/// <param name="Since">Since when its status is so.</param>
/// <param name="Reason">Why it is away.</param>
/// <param name="SizeBytes">On disk; absent when not known.</param>
public sealed record DatabaseStatus(string Kind, string Status, DateTimeOffset Since, string? Reason = null, long? SizeBytes = null);

/// <summary>The series store.</summary>
/// <param name="PendingSamples">Taken but not yet durable.</param>
/// <param name="DroppedSamples">Lost since the start because the buffer was full.</param>
/// <param name="LastCommitAt">When samples last became durable.</param>
/// <param name="SizeBytes">What they take in the database; absent until it was read.</param>
public sealed record SeriesStatusView(
    long PendingSamples, long DroppedSamples, DateTimeOffset? LastCommitAt = null, long? SizeBytes = null);

/// <summary>Whether ICMP can be sent.</summary>
/// <param name="Status"><c>ready</c>, <c>noPermission</c>, <c>unsupported</c>, or <c>unknown</c> before the first probe.</param>
/// <param name="Reason">What to do, when it is not ready.</param>
/// <param name="Mode"><c>raw</c> or <c>datagram</c>.</param>
/// <param name="Clock">Where time stamps come from: <c>kernel</c> or <c>user</c>.</param>
public sealed record IcmpStatus(string Status, string? Reason = null, string? Mode = null, string? Clock = null);

/// <summary>That the process turns.</summary>
public sealed record HealthAnswer(string Status, IReadOnlyList<string>? Stalled = null);

/// <summary>Whether the server can do its work.</summary>
public sealed record ReadyAnswer(string Status, ReadyChecks Checks);

/// <summary>What readiness consists of.</summary>
public sealed record ReadyChecks(ReadyCheck Database, ReadyCheck Migrations, ReadyCheck Measuring);

/// <summary>One part of readiness: <c>ok</c> or <c>failed</c>, and why.</summary>
public sealed record ReadyCheck(string Status, string? Reason = null);
