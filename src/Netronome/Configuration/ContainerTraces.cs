namespace Netronome.Configuration;

/// <summary>Whether this process runs in a container, where a server on the loopback address would be out of reach.</summary>
static class ContainerTraces
{
    /// <summary>Looks at the traces that container engines leave, those the original looks at and podman's.</summary>
    public static bool AreThere()
    {
        if (OperatingSystem.IsWindows())
            return Environment.GetEnvironmentVariable("USERNAME") is "ContainerAdministrator" or "ContainerUser";
        if (Environment.ProcessId == 1 || File.Exists("/.dockerenv") || File.Exists("/run/.containerenv") || File.Exists("/dev/.lxc-boot-id"))
            return true;
        try
        {
            var groups = File.ReadAllText("/proc/1/cgroup");
            return groups.Contains("/docker", StringComparison.Ordinal) || groups.Contains("/lxc", StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
