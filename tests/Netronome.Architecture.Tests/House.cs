namespace Netronome.Architecture.Tests;

/// <summary>The plan of the house, as docs/architecture.md draws it. A new room or arrow is a decision and starts here.</summary>
static class House
{
    /// <summary>Which of our projects a project may reference. Netronome.Agent may not exist yet.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Arrows = new Dictionary<string, string[]>
    {
        ["Netronome.Protocols"] = [],
        ["Netronome.Probing"] = ["Netronome.Protocols"],
        ["Netronome.Agent"] = ["Netronome.Protocols", "Netronome.Probing"],
        ["Netronome.Server"] = ["Netronome.Protocols", "Netronome.Probing"],
        ["Netronome"] = ["Netronome.Protocols", "Netronome.Probing", "Netronome.Agent", "Netronome.Server"],
    };

    /// <summary>
    /// What a project may not touch: a namespace, or one type. Protocols knows no socket, clock or log; the measuring parts
    /// know no web framework and no database.
    /// </summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Forbidden = new Dictionary<string, string[]>
    {
        ["Netronome.Protocols"] =
        [
            "System.Net.Sockets", "System.Net.Http", "System.Data", "System.TimeProvider", "System.Diagnostics.Stopwatch",
            "System.Threading.Timer", "Microsoft", "Npgsql",
        ],
        ["Netronome.Probing"] = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "System.Data", "Npgsql"],
        ["Netronome.Agent"] = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "System.Data", "Npgsql"],
        ["Netronome.Server"] = ["Netronome.Agent"],
        ["Netronome"] = ["Npgsql"],
    };

    /// <summary>
    /// Harmless although their namespace is forbidden: an enum that lives beside sockets but belongs to IPAddress, and
    /// what the compiler writes into every assembly.
    /// </summary>
    internal static readonly string[] Harmless =
        ["System.Net.Sockets.AddressFamily", "Microsoft.CodeAnalysis.EmbeddedAttribute", "Microsoft.Win32.SafeHandles"];

    /// <summary>The rooms of each project: the folders directly below it.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Rooms = new Dictionary<string, string[]>
    {
        ["Netronome.Protocols"] =
        [
            "AgentFeed", "Dns", "Icmp", "Ip", "Iperf3", "LibreSpeed", "Netlink", "Prometheus", "SpeedtestNet", "Stamp", "Toml", "Vnstat",
        ],
        ["Netronome.Probing"] = ["Dns", "Http", "Icmp", "Linux", "Paths", "Stamp", "Statistics", "Tcp", "Throughput"],
        ["Netronome.Agent"] = ["Collectors", "Exporter", "Feed", "Router", "Uplink"],
        ["Netronome.Server"] =
        [
            "Accounts", "Agents", "Clients", "Database", "Health", "Http", "Incidents", "Live", "Logging", "Metrics", "Monitors", "Notifications",
            "Page", "Paths", "Reports", "Scheduling", "Series", "Settings", "SpeedTests", "Swarm",
        ],
        ["Netronome"] = ["Commands", "Configuration", "Output"],
    };

    /// <summary>Rooms of the server that every slice may use freely. Of another slice only what is public may be used.</summary>
    internal static readonly string[] SharedServerRooms = ["Database", "Series", "Live", "Scheduling", "Http", "Logging"];

    /// <summary>Libraries of the operating system that may be called directly; "sqlite3" stands for the platform's own file of it.</summary>
    internal static readonly string[] NativeLibraries = ["libc", "sqlite3", "libsqlite3.so.0"];

    /// <summary>Types that may start another program. Measuring never forks, so there is none yet.</summary>
    internal static readonly string[] MayStartPrograms = [];
}
