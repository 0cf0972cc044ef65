using Netronome.Probing;

namespace Netronome.Server.Monitors;

/// <summary>Loss reasons as the API spells them.</summary>
static class LossWords
{
    /// <summary>The word, or null for a probe that was answered.</summary>
    public static string? Word(Loss loss) => loss switch
    {
        Loss.None => null,
        Loss.Timeout => "timeout",
        Loss.HostUnreachable => "hostUnreachable",
        Loss.NetworkUnreachable => "networkUnreachable",
        Loss.PortUnreachable => "portUnreachable",
        Loss.AdminProhibited => "adminProhibited",
        Loss.TtlExceeded => "ttlExceeded",
        Loss.TooBig => "tooBig",
        Loss.Refused => "refused",
        Loss.SendFailed => "sendFailed",
        Loss.NameNotResolved => "nameNotResolved",
        Loss.NoPermission => "noPermission",
        _ => "other",
    };

    /// <summary>Nothing was on the wire: it says nothing about the network and does not count as packet loss.</summary>
    public static bool IsNotSent(Loss loss) => loss is Loss.SendFailed or Loss.NameNotResolved or Loss.NoPermission;
}
