namespace Netronome.Protocols.Iperf3;

/// <summary>The numbers of data connections: 1, 3, 4, 5, … The missing 2 is an old accident that every version keeps.</summary>
public static class Iperf3StreamId
{
    /// <summary>Number of the stream opened at this position, from 0.</summary>
    public static int OfIndex(int index) => index == 0 ? 1 : index + 2;
}
