namespace Netronome.Server.Tests.Series;

/// <summary>The system's timers under a wall clock that the test sets: retention and lateness are about dates, not about waiting.</summary>
public sealed class SeriesClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
