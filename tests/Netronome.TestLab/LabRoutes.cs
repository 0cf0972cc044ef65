namespace Netronome.TestLab;

/// <summary>Fewest-hops routes over all equally short ways, for every host and every subnet of a lab.</summary>
static class LabRoutes
{
    internal static void Install(IReadOnlyList<LabHost> hosts, IReadOnlyList<LabLink> links)
    {
        foreach (var host in hosts)
        {
            var lines = new List<string>();
            foreach (var link in links)
            {
                var firstHops = FirstHops(host, link);
                if (firstHops.Count > 0)
                {
                    lines.Add($"route replace {link.V4Subnet}{string.Concat(firstHops.Select(end => $" nexthop via {end.Peer.V4} dev {end.Device}"))}");
                    lines.Add($"-6 route replace {link.V6Subnet}{string.Concat(firstHops.Select(end => $" nexthop via {end.Peer.V6} dev {end.Device}"))}");
                }
            }

            foreach (var family in lines.GroupBy(line => line.StartsWith("-6 ", StringComparison.Ordinal)))
            {
                Tool.Run("ip", [family.Key ? "-6" : "-4", "-n", host.NamespaceName, "-batch", "-"],
                    string.Join('\n', family.Select(line => family.Key ? line[3..] : line)) + '\n');
            }
        }
    }

    /// <summary>The ends of the host that start a shortest way to the link; none when it is on the link or cannot reach it.</summary>
    static List<LinkEnd> FirstHops(LabHost from, LabLink to)
    {
        if (to.A.Host == from || to.B.Host == from)
        {
            return [];
        }

        // Breadth first, one level at a time; each reached router remembers all ends that began a shortest way to it.
        var reached = new Dictionary<LabHost, HashSet<LinkEnd>> { [from] = [] };
        var level = new List<LabHost> { from };
        while (level.Count > 0)
        {
            var next = new Dictionary<LabHost, HashSet<LinkEnd>>();
            foreach (var end in level.SelectMany(host => host.Ends).Where(end => Enterable(end.Peer) && !reached.ContainsKey(end.Peer.Host)))
            {
                var starts = end.Host == from ? [end] : reached[end.Host];
                next.TryAdd(end.Peer.Host, []);
                next[end.Peer.Host].UnionWith(starts);
            }

            foreach (var (host, starts) in next)
            {
                reached[host] = starts;
            }

            var arrived = next.Where(step => to.A.Host == step.Key || to.B.Host == step.Key).SelectMany(step => step.Value).ToHashSet();
            if (arrived.Count > 0)
            {
                return [.. arrived];
            }

            level = [.. next.Keys];
        }

        return [];
    }

    static bool Enterable(LinkEnd end) => end.Host.IsRouter && !end.Masquerades;
}
