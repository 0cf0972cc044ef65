namespace Netronome.Server;

/// <summary>A server could not start. The message says what to do.</summary>
public sealed class ServerStartException(ServerFailure failure, string message, Exception inner) : Exception(message, inner)
{
    /// <summary>Which of the known reasons.</summary>
    public ServerFailure Failure { get; } = failure;
}
