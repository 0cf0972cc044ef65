namespace Netronome.TestLab;

/// <summary>What the forwarder did in one direction, as truth to compare a measurement with.</summary>
/// <param name="Received">Packets taken from the sender.</param>
/// <param name="Delivered">Packets handed to the receiver, copies included.</param>
/// <param name="HeldBack">Packets delayed further so that others overtake them.</param>
/// <param name="Duplicated">Copies made.</param>
/// <param name="Overflowed">Packets dropped because the forwarder held too many or the receiver took no more.</param>
public readonly record struct ForwarderCounts(long Received, long Delivered, long HeldBack, long Duplicated, long Overflowed);
