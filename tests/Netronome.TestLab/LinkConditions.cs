namespace Netronome.TestLab;

/// <summary>What one direction of a link does to packets. Ratios lie between 0 and 1.</summary>
public sealed record LinkConditions
{
    /// <summary>A wire: nothing lost, nothing delayed.</summary>
    public static LinkConditions Perfect { get; } = new();

    /// <summary>The probability that a packet is dropped at the receiving interface (after a capture there has seen it).</summary>
    public double Loss { get; init; }

    /// <summary>How long every packet is held, one way.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The delay varies evenly by this much to either side; packets keep their order.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The probability that a packet is held back by <see cref="ReorderBy"/>, so that later ones overtake it.</summary>
    public double Reorder { get; init; }

    public TimeSpan ReorderBy { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The probability that a packet arrives twice.</summary>
    public double Duplicate { get; init; }

    /// <summary>A token bucket at the sending interface; null is unlimited. It counts bytes of layer 2 (Ethernet header included).</summary>
    public long? BitsPerSecond { get; init; }

    /// <summary>How long the token bucket may queue a packet before it drops it.</summary>
    public TimeSpan QueueLimit { get; init; } = TimeSpan.FromMilliseconds(50);

    internal bool NeedsForwarder => Delay > TimeSpan.Zero || Jitter > TimeSpan.Zero || Reorder > 0 || Duplicate > 0;
}
