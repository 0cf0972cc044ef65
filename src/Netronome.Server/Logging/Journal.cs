namespace Netronome.Server.Logging;

/// <summary>systemd's journal as the reader of standard error.</summary>
static class Journal
{
    /// <summary>
    /// <c>JOURNAL_STREAM</c> is the device and inode of the socket that systemd gave us (systemd.exec(5)); a child whose standard
    /// error was redirected inherits the variable, so the inode is compared.
    /// </summary>
    public static bool ReadsStandardError()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not { Length: > 0 } stream)
            return false;
        try
        {
            // The link reads "socket:[12345]".
            return new FileInfo("/proc/self/fd/2").LinkTarget is { } target && target.EndsWith($":[{stream.Split(':')[^1]}]", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
