namespace Netronome.Protocols.Iperf3;

/// <summary>The one signed byte by which iperf3's two ends lead each other through a test on the control connection.</summary>
public enum Iperf3State : sbyte
{
    /// <summary>Server: all streams are there, get ready.</summary>
    TestStart = 1,

    /// <summary>Server: payload flows from now on.</summary>
    TestRunning = 2,

    /// <summary>Client: the measured time is over (also when the server sends).</summary>
    TestEnd = 4,

    /// <summary>Server: send your parameters.</summary>
    ParameterExchange = 9,

    /// <summary>Server: open the data connections.</summary>
    CreateStreams = 10,

    /// <summary>Server: it ends the test on its own account.</summary>
    ServerTerminate = 11,

    /// <summary>Client: it was stopped; no results follow.</summary>
    ClientTerminate = 12,

    /// <summary>Server: send your results, mine follow.</summary>
    ExchangeResults = 13,

    /// <summary>Server: results are complete.</summary>
    DisplayResults = 14,

    /// <summary>Between two tests.</summary>
    IperfStart = 15,

    /// <summary>Client: done, both close.</summary>
    IperfDone = 16,

    /// <summary>Server: busy with another test, or unwilling (0xFF), then it closes.</summary>
    AccessDenied = -1,

    /// <summary>Server: an error; two big-endian 32-bit numbers follow (0xFE, see <see cref="Iperf3ServerError"/>).</summary>
    ServerError = -2,
}
