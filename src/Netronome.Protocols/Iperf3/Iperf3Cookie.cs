using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Netronome.Protocols.Iperf3;

/// <summary>What ties a test's data connections to its control connection: 36 characters of [a-z2-7] and a zero byte.</summary>
public readonly record struct Iperf3Cookie
{
    /// <summary>Bytes on the wire, the zero byte included.</summary>
    public const int WireBytes = 37;

    const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    static readonly SearchValues<byte> AlphabetBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz234567"u8);

    readonly string? text;

    Iperf3Cookie(string text) => this.text = text;

    /// <summary>A new cookie, not to be guessed: whoever knows it may join the test.</summary>
    public static Iperf3Cookie Create() => new(RandomNumberGenerator.GetString(Alphabet, WireBytes - 1));

    /// <summary>Reads a cookie as it is on the wire; false when a character is outside the alphabet or the zero is missing.</summary>
    public static bool TryParse(ReadOnlySpan<byte> wire, out Iperf3Cookie cookie)
    {
        cookie = default;
        if (wire.Length != WireBytes || wire[^1] != 0 || wire[..^1].ContainsAnyExcept(AlphabetBytes))
            return false;
        cookie = new(Encoding.ASCII.GetString(wire[..^1]));
        return true;
    }

    /// <summary>The 37 bytes of the wire.</summary>
    public byte[] ToWire()
    {
        var wire = new byte[WireBytes];
        Encoding.ASCII.GetBytes(ToString(), wire);
        return wire;
    }

    /// <summary>The 36 characters; empty for a cookie that was never created.</summary>
    public override string ToString() => text ?? "";
}
