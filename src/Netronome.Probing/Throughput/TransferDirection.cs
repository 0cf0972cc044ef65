namespace Netronome.Probing.Throughput;

/// <summary>Which way the payload flows, seen from this machine.</summary>
public enum TransferDirection
{
    /// <summary>We send (iperf3's default).</summary>
    Upload,

    /// <summary>The server sends (iperf3's <c>-R</c>).</summary>
    Download,
}
