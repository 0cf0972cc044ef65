namespace Netronome.Configuration;

/// <summary>The TOML type of a key.</summary>
enum ConfigShape
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>An integer or a float.</summary>
    Number,

    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>An array of strings; comma-separated in a variable.</summary>
    List,
}

/// <summary>What values a key takes.</summary>
/// <param name="Shape">How the file writes them.</param>
/// <param name="Allowed">Which are allowed, in words.</param>
/// <param name="Read">From the words of the file or the variable to a value, or the reason of a refusal as a clause ("is …").</param>
/// <param name="Write">From a value to the file's text.</param>
sealed record ConfigType<T>(
    ConfigShape Shape, string Allowed, Func<IReadOnlyList<string>, (T? Value, string? Reason)> Read, Func<T, string> Write);
