namespace Netronome.Probing;

/// <summary>Where the two time stamps of a round trip come from, best first.</summary>
public enum ClockSource : byte
{
    /// <summary>Both from the kernel (<c>SO_TIMESTAMPING</c>): neither our scheduling nor the number of targets is in the figure.</summary>
    Kernel = 0,

    /// <summary>Arrival from the kernel, departure read by us just before sending: a few microseconds too long.</summary>
    KernelReceive = 1,

    /// <summary>Both read by us: includes the time until our thread ran.</summary>
    User = 2,
}
