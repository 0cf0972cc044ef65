using System.Buffers.Binary;

namespace Netronome.Probing.Icmp;

/// <summary>
/// The data of our echo requests: 8 bytes of nonce that tell this engine from every other sender, 8 bytes of token that tell the probe, then bytes
/// that count up from 16, as ping's do, so that altered answers are noticed.
/// </summary>
static class EchoData
{
    static ReadOnlySpan<byte> Pattern => PatternBytes;

    static readonly byte[] PatternBytes = [.. Enumerable.Range(0, IcmpProbeOptions.MaximumPayloadBytes).Select(index => (byte)index)];

    /// <summary>Writes everything but the nonce and token, once per buffer.</summary>
    public static void WritePattern(Span<byte> data) => Pattern[..data.Length].CopyTo(data);

    /// <summary>Writes what differs from probe to probe.</summary>
    public static void Write(Span<byte> data, ulong nonce, ulong token)
    {
        BinaryPrimitives.WriteUInt64BigEndian(data, nonce);
        BinaryPrimitives.WriteUInt64BigEndian(data[8..], token);
    }

    /// <summary>Reads the token; false when the data are too short or of another sender.</summary>
    public static bool TryReadToken(ReadOnlySpan<byte> data, ulong nonce, out ulong token)
    {
        token = 0;
        if (data.Length < IcmpProbeOptions.MinimumPayloadBytes || BinaryPrimitives.ReadUInt64BigEndian(data) != nonce)
            return false;
        token = BinaryPrimitives.ReadUInt64BigEndian(data[8..]);
        return true;
    }

    /// <summary>Whether what follows the token is what we sent.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> data) =>
        data.Length >= IcmpProbeOptions.MinimumPayloadBytes && data.Length <= Pattern.Length
        && data[IcmpProbeOptions.MinimumPayloadBytes..].SequenceEqual(Pattern[IcmpProbeOptions.MinimumPayloadBytes..data.Length]);
}
