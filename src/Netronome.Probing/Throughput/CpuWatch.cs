namespace Netronome.Probing.Throughput;

/// <summary>CPU of this process over the measured time.</summary>
sealed class CpuWatch
{
    readonly TimeProvider time;
    Environment.ProcessCpuUsage from;
    long origin;

    public CpuWatch(TimeProvider time)
    {
        this.time = time;
        Restart();
    }

    /// <summary>The share between the last <see cref="Restart"/> and <see cref="Stop"/>; null where there is no such clock.</summary>
    public CpuShare? Share { get; private set; }

    public void Restart()
    {
        if (!Supported)
            return;
        from = Environment.CpuUsage;
        origin = time.GetTimestamp();
    }

    public void Stop()
    {
        var span = time.GetElapsedTime(origin);
        if (!Supported || span <= TimeSpan.Zero)
            return;
        var to = Environment.CpuUsage;
        Share = new(
            (to.TotalTime - from.TotalTime) / span,
            (to.UserTime - from.UserTime) / span,
            (to.PrivilegedTime - from.PrivilegedTime) / span);
    }

    static bool Supported => !OperatingSystem.IsIOS() && !OperatingSystem.IsTvOS() && !OperatingSystem.IsBrowser();
}
