namespace Netronome.Protocols.Toml;

/// <summary>Ends the expression at hand; never leaves the parser.</summary>
#pragma warning disable CA1032 // a private signal with exactly one shape
sealed class TomlSyntaxException(int offset, string message) : Exception(message)
#pragma warning restore CA1032
{
    public int Offset => offset;
}
