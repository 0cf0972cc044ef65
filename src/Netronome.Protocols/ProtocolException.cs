namespace Netronome.Protocols;

/// <summary>Bytes from a peer that break the protocol they claim to speak.</summary>
/// <param name="what">What is wrong, as a sentence part for people.</param>
/// <param name="offset">Where in the message, in bytes from its beginning.</param>
/// <param name="inner">The error underneath, when a parser found it.</param>
public sealed class ProtocolException(string what, long offset = 0, Exception? inner = null) : Exception(what, inner)
{
    /// <summary>Where in the message, in bytes from its beginning.</summary>
    public long Offset { get; } = offset;
}
