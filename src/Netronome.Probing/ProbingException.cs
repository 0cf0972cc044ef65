namespace Netronome.Probing;

/// <summary>Why measuring could not begin or go on. A probe that is merely lost is a <see cref="Loss"/>, not this.</summary>
public enum ProbingFailure
{
    /// <summary>The program may not open the sockets it needs; the message says how to grant it.</summary>
    NoPermission,

    /// <summary>This system or its kernel can't do it.</summary>
    Unsupported,

    /// <summary>The name has no address of the wanted family, or the resolver did not answer.</summary>
    NameNotResolved,

    /// <summary>The source address is not one of this machine.</summary>
    SourceNotAvailable,

    /// <summary>There is no such interface.</summary>
    InterfaceNotFound,

    /// <summary>A socket failed in a way that ends all measuring on it.</summary>
    SocketFailed,

    /// <summary>The engine was closed while the run was going.</summary>
    Stopped,
}

/// <summary>Measuring could not begin or go on.</summary>
public sealed class ProbingException(ProbingFailure reason, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>Which of the known reasons.</summary>
    public ProbingFailure Reason { get; } = reason;
}
