using Netronome.Protocols.Icmp;

namespace Netronome.Probing.Icmp;

/// <summary>ICMP errors in the words of <see cref="Loss"/>.</summary>
public static class LossReasons
{
    /// <summary>What an error means for the probe that it quotes; <see cref="Loss.None"/> for those that do not stop it (redirects and the like).</summary>
    public static Loss ToLoss(this IcmpErrorKind kind) => kind switch
    {
        IcmpErrorKind.NetworkUnreachable => Loss.NetworkUnreachable,
        IcmpErrorKind.HostUnreachable => Loss.HostUnreachable,
        IcmpErrorKind.PortUnreachable => Loss.PortUnreachable,
        IcmpErrorKind.AdminProhibited => Loss.AdminProhibited,
        IcmpErrorKind.TimeExceeded => Loss.TtlExceeded,
        IcmpErrorKind.TooBig => Loss.TooBig,
        _ => Loss.None,
    };
}
