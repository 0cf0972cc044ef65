using System.Globalization;
using System.Net;

namespace Netronome.TestLab;

/// <summary>One network namespace: a host or a router of the lab.</summary>
public sealed class LabHost : IDisposable
{
    readonly List<LinkEnd> ends = [];
    int descriptor;

    LabHost(string name, string namespaceName) => (Name, NamespaceName) = (name, namespaceName);

    public string Name { get; }

    /// <summary>The name under /run/netns, for tools that want it.</summary>
    public string NamespaceName { get; }

    /// <summary>The host's ends of its links, in the order they were made.</summary>
    public IReadOnlyList<LinkEnd> Ends => ends;

    public bool IsRouter { get; private set; }

    /// <summary>The IPv4 address on the host's first link.</summary>
    public IPAddress V4 => FirstEnd.V4;

    /// <summary>The IPv6 address on the host's first link.</summary>
    public IPAddress V6 => FirstEnd.V6;

    LinkEnd FirstEnd => ends.Count > 0 ? ends[0] : throw new LabException($"{Name} has no link yet.");

    /// <summary>Runs code on a thread of its own inside this host. Sockets it opens belong to this host.</summary>
    public Task<T> InsideAsync<T>(Func<T> body) => InsideThread.RunAsync(descriptor, body);

    /// <summary>Runs asynchronous code on a thread of its own inside this host; its continuations come back to that thread.</summary>
    public Task<T> InsideAsync<T>(Func<Task<T>> body) => InsideThread.RunAsync(descriptor, body);

    public Task InsideAsync(Func<Task> body) => InsideAsync(async () =>
    {
        await body();
        return true;
    });

    public Task InsideAsync(Action body) => InsideAsync(() =>
    {
        body();
        return true;
    });

    /// <summary>Starts a program inside this host.</summary>
    public RunningProgram Start(ProgramCommand command) => RunningProgram.Start(command, NamespaceName);

    /// <summary>Runs a program inside this host to its end.</summary>
    public async Task<ProgramResult> RunAsync(ProgramCommand command, CancellationToken cancellationToken = default)
    {
        await using var program = Start(command);
        return await program.WaitAsync(cancellationToken);
    }

    /// <summary>Records the packets of an interface of this host from the moment the call returns.</summary>
    public Task<Capture> CaptureAsync(string device, string filter = "", CancellationToken cancellationToken = default) =>
        Capture.StartAsync(this, device, filter, cancellationToken);

    /// <summary>Sets a kernel parameter of this host, for example ("net.ipv4.ping_group_range", "0 2147483647").</summary>
    public void Sysctl(string key, string value) => InsideAsync(() => File.WriteAllText($"/proc/sys/{key.Replace('.', '/')}", value))
        .GetAwaiter().GetResult();

    /// <summary>Lets any user of this host open datagram ICMP sockets, or nobody.</summary>
    public void AllowDatagramIcmp(bool allowed) => Sysctl("net.ipv4.ping_group_range", allowed ? "0 2147483647" : "1 0");

    /// <summary>Runs lines of `ip`, for example "route add 192.0.2.0/24 via 10.200.1.2".</summary>
    public void Ip(params string[] lines) => Tool.Run("ip", ["-n", NamespaceName, "-batch", "-"], string.Join('\n', lines) + '\n');

    /// <summary>Loads rules in the language of `nft -f`.</summary>
    public void Nft(string rules) => Tool.Run("ip", ["netns", "exec", NamespaceName, "nft", "-f", "-"], rules);

    /// <summary>Hides the IPv4 addresses behind this router from whatever lies beyond the given link.</summary>
    public void Masquerade(LabLink outside)
    {
        var end = outside.EndOf(this);
        end.Masquerades = true;
        Nft($$"""
            table ip lab_nat { chain {{end.Device}} { type nat hook postrouting priority srcnat; oifname "{{end.Device}}" masquerade; }; }
            """);
    }

    internal static LabHost Create(string name, string namespaceName)
    {
        if (name.Length is 0 or > 12 || name == "lo" || name.Any(character => !char.IsAsciiLetterOrDigit(character)))
        {
            throw new LabException($"A host's name has 1 to 12 letters and digits and is not lo, unlike '{name}'.");
        }

        Tool.Run("ip", ["netns", "add", namespaceName]);
        var host = new LabHost(name, namespaceName);
        host.descriptor = Libc.Open(LabNames.PathOf(namespaceName), Libc.OpenReadOnly);
        if (host.descriptor < 0)
        {
            throw Libc.Failed($"open {LabNames.PathOf(namespaceName)}");
        }

        host.Ip("link set dev lo up");
        foreach (var scope in (string[])["all", "default"])
        {
            // Addresses are there at once, nobody announces routers, and two ways back are allowed.
            host.Sysctl($"net.ipv6.conf.{scope}.accept_dad", "0");
            host.Sysctl($"net.ipv6.conf.{scope}.accept_ra", "0");
            host.Sysctl($"net.ipv6.conf.{scope}.router_solicitations", "0");
            host.Sysctl($"net.ipv4.conf.{scope}.rp_filter", "0");
        }

        return host;
    }

    internal void Forward()
    {
        IsRouter = true;
        Sysctl("net.ipv4.ip_forward", "1");
        Sysctl("net.ipv6.conf.all.forwarding", "1");

        // One flow (addresses and ports) keeps one way, another may take the other: what real routers do.
        Sysctl("net.ipv4.fib_multipath_hash_policy", "1");
        Sysctl("net.ipv6.fib_multipath_hash_policy", "1");
    }

    internal string NewDeviceName(LabHost peer)
    {
        var same = ends.Count(end => end.Peer.Host == peer);
        return string.Create(CultureInfo.InvariantCulture, $"{peer.Name}{(same == 0 ? "" : $"-{same + 1}")}");
    }

    internal void Attach(LinkEnd end) => ends.Add(end);

    public void Dispose()
    {
        LabNames.Remove(NamespaceName);
        _ = Libc.Close(descriptor);
    }
}
