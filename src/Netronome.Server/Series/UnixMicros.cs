namespace Netronome.Server.Series;

/// <summary>The one place where time becomes the stored microseconds and back.</summary>
public static class UnixMicros
{
    /// <summary>Microseconds since 1970-01-01T00:00:00Z, truncated.</summary>
    public static long ToUnixTimeMicroseconds(this DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>UTC from microseconds since 1970.</summary>
    public static DateTimeOffset FromUnixTimeMicroseconds(long micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
