using System.Buffers.Binary;

namespace Netronome.Protocols.Iperf3;

/// <summary>What follows <see cref="Iperf3State.ServerError"/>: iperf3's own number and the operating system's errno, big-endian.</summary>
/// <param name="Code">iperf3's error number.</param>
/// <param name="SystemError">errno of the server, 0 for none.</param>
public readonly record struct Iperf3ServerError(int Code, int SystemError)
{
    /// <summary>Bytes on the wire.</summary>
    public const int WireBytes = 8;

    /// <summary>Reads the eight bytes.</summary>
    public static Iperf3ServerError Read(ReadOnlySpan<byte> wire) =>
        new(BinaryPrimitives.ReadInt32BigEndian(wire), BinaryPrimitives.ReadInt32BigEndian(wire[4..]));

    /// <summary>Writes the eight bytes.</summary>
    public void Write(Span<byte> wire)
    {
        BinaryPrimitives.WriteInt32BigEndian(wire, Code);
        BinaryPrimitives.WriteInt32BigEndian(wire[4..], SystemError);
    }

    /// <summary>What it means, for people. Unknown numbers keep their number.</summary>
    public string Describe() => Code switch
    {
        5 => "the test is longer than the server takes",
        6 => "more parallel streams than the server takes",
        7 => "the block size is not one the server takes",
        9 => "the socket buffer is larger than the server takes",
        27 => "the total rate is above the server's limit",
        37 => "the test is longer than the server allows",
        114 => "the server could not read the test's parameters",
        119 => "the server says that the client ended the test",
        120 => "the server ended the test",
        121 => "the server is busy with another test",
        142 => "the server wants a user name and password",
        208 => "the server did not know a stream number",
        _ => $"iperf3 error {Code}",
    } + (SystemError is 0 ? "" : $" (errno {SystemError} on the server)");
}
