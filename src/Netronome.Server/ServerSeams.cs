using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Netronome.Probing.Throughput;
using Netronome.Server.Monitors;
using Netronome.Server.SpeedTests;

namespace Netronome.Server;

/// <summary>Where the server touches clock and network: the real ones, or simulations in tests.</summary>
public sealed record ServerSeams
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>ICMP; null is the kernel's.</summary>
    public ProbeIcmp? Icmp { get; init; }

    /// <summary>The iperf3 client.</summary>
    public RunIperf3 Iperf3 { get; init; } = Iperf3Client.RunAsync;

    /// <summary>The resolver.</summary>
    public ResolveName Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Services beside the server's own: how tests describe the API.</summary>
    public Action<IServiceCollection>? AddServices { get; init; }

    /// <summary>Endpoints beside the server's own.</summary>
    public Action<IEndpointRouteBuilder>? MapEndpoints { get; init; }
}
