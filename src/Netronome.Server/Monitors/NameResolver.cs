using System.Net;
using System.Net.Sockets;
using Netronome.Server.Http;

namespace Netronome.Server.Monitors;

/// <summary>What a name resolved to, or why it did not.</summary>
readonly record struct Resolution(IPAddress? Address, string? Failure);

/// <summary>
/// Resolves names apart from the measuring. The system's resolver blocks a thread for as long as a dead name server makes it
/// wait, so only a few ask at once, and who waits longer than ten seconds is told that it failed.
/// </summary>
sealed class NameResolver(ResolveName resolve, TimeProvider time) : IDisposable
{
    const int MostAtOnce = 8;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly SemaphoreSlim _slots = new(MostAtOnce);

    /// <summary>Finds an address of the family; the one in use is kept as long as it is among them.</summary>
    public async Task<Resolution> ResolveAsync(string name, MonitorFamily family, IPAddress? inUse, CancellationToken cancellationToken)
    {
        if (HostName.TryParseAddress(name, out var literal))
            return new Resolution(literal, null);

        await _slots.WaitAsync(cancellationToken);
        var asking = AskAsync(name, family, cancellationToken);
        try
        {
            var addresses = await asking.WaitAsync(Patience, time, cancellationToken);
            var usable = addresses.Where(HostName.IsProbeable).ToList();
            if (usable.Count == 0)
                return new Resolution(null, $"{name} has no{FamilyWords(family)} address that can be probed.");
            return new Resolution(inUse is not null && usable.Contains(inUse) ? inUse : usable[0], null);
        }
        catch (SocketException exception)
        {
            return new Resolution(null, $"{name} could not be resolved to an{FamilyWords(family)} address: {exception.Message}.");
        }
        catch (TimeoutException)
        {
            return new Resolution(null, $"{name} could not be resolved: no answer within {Patience.TotalSeconds:0} s.");
        }
    }

    public void Dispose() => _slots.Dispose();

    // The slot is held until the resolver is done, even when nobody waits any more: its thread is still blocked.
    async Task<IPAddress[]> AskAsync(string name, MonitorFamily family, CancellationToken cancellationToken)
    {
        try
        {
            return await resolve(name, Family(family), cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    static AddressFamily Family(MonitorFamily family) => family switch
    {
        MonitorFamily.Ipv4 => AddressFamily.InterNetwork,
        MonitorFamily.Ipv6 => AddressFamily.InterNetworkV6,
        _ => AddressFamily.Unspecified,
    };

    static string FamilyWords(MonitorFamily family) => family switch
    {
        MonitorFamily.Ipv4 => " IPv4",
        MonitorFamily.Ipv6 => " IPv6",
        _ => "",
    };
}
