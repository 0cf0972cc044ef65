using System.Net;
using System.Net.Sockets;

namespace Netronome.Probing;

/// <summary>Which addresses of a name are wanted.</summary>
public enum FamilyChoice : byte
{
    /// <summary>Whichever the system prefers (RFC 6724).</summary>
    Any,

    /// <summary>IPv4 only.</summary>
    V4,

    /// <summary>IPv6 only.</summary>
    V6,
}

/// <summary>Turns targets into addresses, apart from the measurement: the time it takes is in no round-trip time.</summary>
public static class TargetResolver
{
    /// <summary>The address to probe.</summary>
    /// <exception cref="ProbingException"><see cref="ProbingFailure.NameNotResolved"/> with what the resolver said.</exception>
    public static async Task<IPAddress> ResolveAsync(Target target, FamilyChoice family, CancellationToken cancellationToken)
    {
        var wanted = family switch
        {
            FamilyChoice.V4 => AddressFamily.InterNetwork,
            FamilyChoice.V6 => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        if (target.Literal is { } literal)
        {
            return wanted == AddressFamily.Unspecified || literal.AddressFamily == wanted
                ? literal
                : throw new ProbingException(ProbingFailure.NameNotResolved, $"{target} is not an IPv{(family == FamilyChoice.V4 ? 4 : 6)} address.");
        }

        // RFC 6761 §6.3: what localhost is needs no resolver, and a hosts file may know it for one family only.
        if (wanted != AddressFamily.Unspecified && target.Host.TrimEnd('.').Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return family == FamilyChoice.V4 ? IPAddress.Loopback : IPAddress.IPv6Loopback;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(target.Host, wanted, cancellationToken);
            return addresses.FirstOrDefault()
                ?? throw new ProbingException(ProbingFailure.NameNotResolved, $"{target} has no address{OfFamily(family)}.");
        }
        catch (SocketException exception)
        {
            throw new ProbingException(ProbingFailure.NameNotResolved, Explain(target, family, exception), exception);
        }
    }

    static string Explain(Target target, FamilyChoice family, SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.HostNotFound => $"{target}: there is no such name, or it has no address{OfFamily(family)}.",
        SocketError.NoData => $"{target} has no address{OfFamily(family)}.",
        SocketError.TryAgain => $"{target}: the name server did not answer; try again later.",
        _ => $"{target} could not be resolved: {exception.Message}.",
    };

    static string OfFamily(FamilyChoice family) => family switch
    {
        FamilyChoice.V4 => " of IPv4",
        FamilyChoice.V6 => " of IPv6",
        _ => "",
    };
}
