namespace Netronome.Server.Series;

/// <summary>How the writer does, for health and page.</summary>
/// <param name="PendingSamples">Accepted and not yet durable.</param>
/// <param name="DroppedSamples">Not taken since start because the buffer was full.</param>
/// <param name="RefusedSamples">Refused since start: unknown series, older than raw retention, or too far in the future.</param>
/// <param name="CommittedSamples">Made durable since start.</param>
/// <param name="LastCommitAt">When the last batch became durable, UTC.</param>
/// <param name="SizeBytes">Chunk and roll-up data in the database; null until it was read.</param>
/// <param name="Fault">Why the last attempt to write failed; null when it succeeded.</param>
public sealed record SeriesStatus(
    long PendingSamples, long DroppedSamples, long RefusedSamples, long CommittedSamples, DateTimeOffset? LastCommitAt, long? SizeBytes,
    string? Fault);
