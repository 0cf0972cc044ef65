namespace Netronome.Probing.Throughput;

/// <summary>Why a throughput test gave no result, or only part of one. Closed list.</summary>
public enum ThroughputFailure
{
    /// <summary>The name did not resolve.</summary>
    NameNotResolved,

    /// <summary>The server refused the connection.</summary>
    Refused,

    /// <summary>The server can't be reached.</summary>
    Unreachable,

    /// <summary>The server did not answer in time.</summary>
    Timeout,

    /// <summary>The server is running another test.</summary>
    Busy,

    /// <summary>The server denied access or reported an error of its own.</summary>
    ServerError,

    /// <summary>The server closed in the middle.</summary>
    Disconnected,

    /// <summary>What the server said is not the iperf3 protocol.</summary>
    Protocol,

    /// <summary>The options ask for something impossible.</summary>
    BadOptions,

    /// <summary>The test was stopped from this side before its end.</summary>
    Cancelled,
}
