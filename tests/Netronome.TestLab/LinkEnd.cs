using System.Net;

namespace Netronome.TestLab;

/// <summary>One end of a link: a device of a host with its addresses.</summary>
public sealed class LinkEnd
{
    internal LinkEnd(LabHost host, string device, IPAddress v4, IPAddress v6) => (Host, Device, V4, V6) = (host, device, v4, v6);

    public LabHost Host { get; }

    /// <summary>The interface's name inside the host; by default the name of the host it leads to.</summary>
    public string Device { get; }

    public IPAddress V4 { get; }

    public IPAddress V6 { get; }

    public LinkEnd Peer { get; internal set; } = null!; // Set as soon as the other end exists.

    internal bool Masquerades { get; set; }
}
