namespace Netronome.Server.SpeedTests;

/// <summary>The contract's order for a test. Members that the original ignored are taken and ignored too.</summary>
public sealed record TestOptions(
    bool? EnableDownload = null, bool? EnableUpload = null, bool? EnablePacketLoss = null, bool? EnablePing = null,
    bool? EnableJitter = null, IReadOnlyList<string>? ServerIds = null, bool? IsScheduled = null, bool? UseIperf = null,
    bool? UseLibrespeed = null, string? ServerHost = null, string? ServerName = null, bool? IsPublicServer = null,
    bool? MultiServer = null);

/// <summary>The contract's result of a test; rates in Mbit/s. The latency is empty: an iperf3 test does not measure it.</summary>
public sealed record TestResult(
    long Id, DateTimeOffset Timestamp, string Server, double DownloadSpeed, double UploadSpeed, string Latency, string? Error = null);

/// <summary>The contract's progress; rate in Mbit/s, progress in percent.</summary>
public sealed record SpeedUpdate(
    string Type, string ServerName, double Speed, double Progress, bool IsComplete, bool IsScheduled, string? TestType = null);

/// <summary>One finished test as the contract lists it; rates in Mbit/s, 0 where a direction was not measured.</summary>
public sealed record HistoryEntry(
    long Id, string ServerName, string ServerId, string ServerHost, string TestType, double DownloadSpeed, double UploadSpeed,
    bool IsScheduled, DateTimeOffset CreatedAt);

/// <summary>A page of finished tests.</summary>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Data, long Total, int Page, int Limit);

/// <summary>A test server of a public provider, as the contract lists it.</summary>
public sealed record ProviderServer(string Id, string Name, string Host);
