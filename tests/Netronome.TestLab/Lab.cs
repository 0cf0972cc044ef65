using System.Runtime.InteropServices;

namespace Netronome.TestLab;

/// <summary>
/// A small internet of network namespaces: hosts, routers and links, torn down with the lab, at process exit, and — when
/// the owner was killed — by the next lab that is made. Addresses are private or documentation ranges and reachable only inside.
/// </summary>
/// <example>
/// <code>
/// await using var lab = Lab.Create();
/// var client = lab.AddHost("client");
/// var router = lab.AddRouter("router");
/// var server = lab.AddHost("server");
/// lab.Link(client, router);
/// lab.Link(router, server, new LinkConditions { Loss = 0.05, Delay = TimeSpan.FromMilliseconds(10) });
/// lab.InstallRoutes();
/// </code>
/// </example>
public sealed class Lab : IAsyncDisposable, IDisposable
{
    static readonly string[] Tools = ["ip", "nft", "tc", "setpriv", "tcpdump"];
    static readonly HashSet<Lab> Living = [];
    static readonly IReadOnlyList<PosixSignalRegistration> Signals;

    readonly string prefix = LabNames.NextLab();
    readonly List<LabHost> hosts = [];
    readonly List<LabLink> links = [];
    bool disposed;

    static Lab()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => DisposeAll();

        // Since .NET 10 a process dies of these without ProcessExit.
        Signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, _ => DisposeAll()))];
    }

    Lab()
    {
    }

    public IReadOnlyList<LabHost> Hosts => hosts;

    public IReadOnlyList<LabLink> Links => links;

    /// <summary>Makes an empty lab, after removing what killed owners left behind.</summary>
    public static Lab Create()
    {
        Require();
        foreach (var name in LabNames.Existing().Where(LabNames.IsLeftover))
        {
            LabNames.Remove(name);
        }

        var lab = new Lab();
        lock (Living)
        {
            Living.Add(lab);
        }

        return lab;
    }

    /// <summary>Fails, naming what is missing, unless this process may build namespaces. A test never skips over this silently.</summary>
    public static void Require()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new LabException("The lab needs Linux.");
        }

        var missing = Tools.Where(tool => Tool.Find(tool) is null).ToList();
        if (Libc.EffectiveUser() != 0)
        {
            missing.Insert(0, "root (to make network namespaces)");
        }

        if (!File.Exists("/dev/net/tun"))
        {
            missing.Add("/dev/net/tun");
        }

        if (missing.Count > 0)
        {
            throw new LabException($"The lab needs: {string.Join(", ", missing)}. tests/install-tools.sh installs tools.");
        }
    }

    public LabHost AddHost(string name)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var host = LabHost.Create(name, $"{prefix}-{name}");
        hosts.Add(host);
        return host;
    }

    /// <summary>A host that forwards IPv4 and IPv6.</summary>
    public LabHost AddRouter(string name)
    {
        var router = AddHost(name);
        router.Forward();
        return router;
    }

    /// <summary>Connects two hosts by a link that behaves alike in both directions.</summary>
    public LabLink Link(LabHost a, LabHost b, LinkConditions? conditions = null) =>
        Link(a, b, conditions ?? LinkConditions.Perfect, conditions ?? LinkConditions.Perfect);

    /// <summary>
    /// Connects two hosts. The first link has 10.200.1.1/24 and 2001:db8:1::1/64 at its a, .2 and ::2 at its b; the second
    /// link 10.200.2.0/24 and so on. A delayed link is a pair of TUN devices with our forwarder between, any other a veth pair.
    /// </summary>
    public LabLink Link(LabHost a, LabHost b, LinkConditions aToB, LinkConditions bToA)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var link = LabLink.Create(links.Count + 1, a, b, aToB, bToA);
        links.Add(link);
        return link;
    }

    /// <summary>
    /// Gives every host a route to every subnet by the fewest hops, over all equally short ways (ECMP). Nothing is routed
    /// into the inside of a masquerading router.
    /// </summary>
    public void InstallRoutes() => LabRoutes.Install(hosts, links);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        lock (Living)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            Living.Remove(this);
        }

        foreach (var link in links)
        {
            link.Dispose();
        }

        foreach (var host in hosts)
        {
            host.Dispose();
        }
    }

    static void DisposeAll()
    {
        Lab[] left;
        lock (Living)
        {
            left = [.. Living];
        }

        foreach (var lab in left)
        {
            lab.Dispose();
        }

        GC.KeepAlive(Signals);
    }
}
