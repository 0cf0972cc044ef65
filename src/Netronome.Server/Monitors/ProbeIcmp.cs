using System.Net;
using System.Net.Sockets;
using Netronome.Probing;
using Netronome.Probing.Icmp;

namespace Netronome.Server.Monitors;

/// <summary>Probes one address until the count is reached or it is cancelled: the engine, or a simulation in tests.</summary>
public delegate IAsyncEnumerable<ProbeResult> ProbeIcmp(IPAddress address, IcmpProbeOptions options, CancellationToken cancellationToken);

/// <summary>Finds the addresses of a name: the system's resolver, or a table in tests.</summary>
public delegate Task<IPAddress[]> ResolveName(string name, AddressFamily family, CancellationToken cancellationToken);
