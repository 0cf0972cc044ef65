namespace Netronome.Probing.Throughput;

/// <summary>Leaves the conversation from whatever depth it broke at; <see cref="Iperf3Client"/> turns it into a value.</summary>
sealed class ThroughputException(ThroughputFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    public ThroughputFailure Failure { get; } = failure;
}
