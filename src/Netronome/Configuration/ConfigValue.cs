namespace Netronome.Configuration;

/// <summary>A value in force.</summary>
/// <param name="Key">Whose.</param>
/// <param name="Value">The value, of the key's type.</param>
/// <param name="Origin">Where it comes from.</param>
sealed record ConfigValue(ConfigKey Key, object Value, ConfigOrigin Origin)
{
    const string Mask = "\"********\"";

    /// <summary>As the file would write it; a secret is masked.</summary>
    public string Shown => Key.Secret && Value is string { Length: > 0 } ? Mask : Key.Write(Value);
}
