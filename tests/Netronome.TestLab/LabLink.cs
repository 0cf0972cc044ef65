using System.Globalization;
using System.Net;

namespace Netronome.TestLab;

/// <summary>A link between two hosts, with conditions for each direction that may change while it is in use.</summary>
public sealed class LabLink : IDisposable
{
    readonly TunForwarder? forwarder;

    LabLink(int number, LinkEnd a, LinkEnd b, TunForwarder? forwarder)
    {
        (Number, A, B, this.forwarder) = (number, a, b, forwarder);
        V4Subnet = string.Create(CultureInfo.InvariantCulture, $"10.200.{number}.0/24");
        V6Subnet = string.Create(CultureInfo.InvariantCulture, $"2001:db8:{number:x}::/64");
    }

    public int Number { get; }

    public LinkEnd A { get; }

    public LinkEnd B { get; }

    public string V4Subnet { get; }

    public string V6Subnet { get; }

    /// <summary>What the forwarder did from a to b and back; all zero for a veth link.</summary>
    public ForwarderCounts CountsAToB => forwarder?.CountsAToB ?? default;

    public ForwarderCounts CountsBToA => forwarder?.CountsBToA ?? default;

    public LinkEnd EndOf(LabHost host) =>
        A.Host == host ? A : B.Host == host ? B : throw new LabException($"{host.Name} is not on this link.");

    /// <summary>Changes the conditions of both directions from now on; packets already held keep their time.</summary>
    public void Apply(LinkConditions aToB, LinkConditions bToA)
    {
        if (forwarder is null && (aToB.NeedsForwarder || bToA.NeedsForwarder))
        {
            throw new LabException("This link was made without delay, so it is a veth pair that cannot delay.");
        }

        LinkShaper.SetLoss(B, aToB.Loss);
        LinkShaper.SetLoss(A, bToA.Loss);
        LinkShaper.SetRate(A, aToB);
        LinkShaper.SetRate(B, bToA);
        forwarder?.Apply(aToB, bToA);
    }

    public void Apply(LinkConditions both) => Apply(both, both);

    /// <summary>Cuts the link: both ends lose their carrier, and with it their routes and IPv6 addresses.</summary>
    public void Cut() => A.Host.Ip($"link set dev {A.Device} down");

    /// <summary>Drops everything at both ends while the interfaces stay up: an outage that hosts do not notice.</summary>
    public void Silence() => Apply(LinkConditions.Perfect with { Loss = 1 });

    internal static LabLink Create(int number, LabHost a, LabHost b, LinkConditions aToB, LinkConditions bToA)
    {
        if (number > 250)
        {
            throw new LabException("A lab has at most 250 links.");
        }

        var end = NewEnd(a, b, 1);
        a.Attach(end);
        var other = NewEnd(b, a, 2);
        b.Attach(other);
        (end.Peer, other.Peer) = (other, end);

        TunForwarder? forwarder = null;
        if (aToB.NeedsForwarder || bToA.NeedsForwarder)
        {
            forwarder = TunForwarder.Start(end, other, aToB, bToA);
        }
        else
        {
            a.Ip($"link add name {end.Device} type veth peer name {other.Device} netns {b.NamespaceName}");
        }

        BringUp(end);
        BringUp(other);
        var link = new LabLink(number, end, other, forwarder);
        link.Apply(aToB, bToA);
        return link;

        LinkEnd NewEnd(LabHost host, LabHost peer, int last) => new(host, host.NewDeviceName(peer),
            IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.200.{number}.{last}")),
            IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"2001:db8:{number:x}::{last}")));
    }

    static void BringUp(LinkEnd end) => end.Host.Ip(
        $"address add {end.V4}/24 dev {end.Device}",
        $"address add {end.V6}/64 dev {end.Device} nodad",
        $"link set dev {end.Device} up");

    public void Dispose() => forwarder?.Dispose();
}
