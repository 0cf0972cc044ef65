namespace Netronome.Configuration;

/// <summary>One key of the configuration: everything that is known about it, in one place.</summary>
abstract class ConfigKey(string path, string? variable, string meaning)
{
    /// <summary>What every variable begins with.</summary>
    public const string Prefix = "NETRONOME__";

    /// <summary>Section and name: <c>speedtest.iperf.timeout</c>.</summary>
    public string Path => path;

    /// <summary>The table it stands in: <c>speedtest.iperf</c>.</summary>
    public string Section => path[..path.LastIndexOf('.')];

    /// <summary>Its name inside the table.</summary>
    public string Name => path[(path.LastIndexOf('.') + 1)..];

    /// <summary>The environment variable, prefix included; null for the few that only a file can set.</summary>
    public string? Variable { get; } = variable is null ? null : Prefix + variable;

    /// <summary>The variable that names a file holding a secret's value; null for what is no secret.</summary>
    public string? FileVariable => Secret && Variable is not null ? $"{Variable}_FILE" : null;

    /// <summary>What it is for, in one sentence; its unit when it has one.</summary>
    public string Meaning => meaning;

    /// <summary>Never shown, and may be read from a file of its own.</summary>
    public bool Secret { get; init; }

    /// <summary>What setting it does today.</summary>
    public ConfigEffect Effect { get; init; } = ConfigEffect.Active;

    /// <summary>Path of the key that it sets, for a deprecated one.</summary>
    public string? Replacement { get; init; }

    /// <summary>An empty variable clears the value; with any other key it counts as not set.</summary>
    public bool EmptyVariableClears { get; init; }

    /// <summary>A list's variable is split at blanks too.</summary>
    public bool SplitAtBlanks { get; init; }

    /// <summary>The original does not know it.</summary>
    public bool Ours { get; init; }

    /// <summary>How the file writes it.</summary>
    public abstract ConfigShape Shape { get; }

    /// <summary>What values are allowed, in words.</summary>
    public abstract string Allowed { get; }

    /// <summary>The value when nothing sets it.</summary>
    public abstract object Default { get; }

    /// <summary>Reads the words of a value (one, or a list's); a reason when they are refused.</summary>
    public abstract (object? Value, string? Reason) Read(IReadOnlyList<string> words);

    /// <summary>Writes a value as the file would.</summary>
    public abstract string Write(object value);
}

/// <summary>A key whose value is a <typeparamref name="T"/>.</summary>
sealed class ConfigKey<T>(string path, string? variable, string meaning, ConfigType<T> type, string @default)
    : ConfigKey(path, variable, meaning)
    where T : notnull
{
    public override ConfigShape Shape => type.Shape;

    public override string Allowed => type.Allowed;

    public override object Default { get; } = ReadDefault(path, type, @default);

    public override (object? Value, string? Reason) Read(IReadOnlyList<string> words)
    {
        var (value, reason) = type.Read(words);
        return (reason is null ? value : null, reason);
    }

    public override string Write(object value) => type.Write((T)value);

    static T ReadDefault(string path, ConfigType<T> type, string text)
    {
        var (value, reason) = type.Read(type.Shape == ConfigShape.List ? ConfigTypes.Split(text, atBlanks: false) : [text]);
        return reason is null ? value! : throw new ArgumentException($"The default of {path} {reason}.");
    }
}
