namespace Netronome.Protocols.Toml;

/// <summary>A fault of a document.</summary>
/// <param name="Position">Where it is.</param>
/// <param name="Message">What is wrong, as a clause without a full stop.</param>
public sealed record TomlError(TomlPosition Position, string Message)
{
    /// <summary><c>12:5: message</c>.</summary>
    public override string ToString() => $"{Position}: {Message}";
}
