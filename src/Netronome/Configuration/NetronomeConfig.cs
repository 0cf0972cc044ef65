namespace Netronome.Configuration;

/// <summary>A configuration as it is in force: every key has a value and an origin.</summary>
sealed class NetronomeConfig(string? file, string workingFolder, IReadOnlyDictionary<ConfigKey, ConfigValue> values)
{
    /// <summary>The file that was read; null when there is none.</summary>
    public string? File => file;

    /// <summary>Every key's value, in the order of the table.</summary>
    public IEnumerable<ConfigValue> Values => ConfigKeys.All.Select(key => values[key]);

    /// <summary>The database's file: a relative path from the file or the default starts at the file's folder, one from a variable at the working directory.</summary>
    public string SqlitePath => Path.GetFullPath(Get(ConfigKeys.DatabasePath), values[ConfigKeys.DatabasePath].Origin switch
    {
        ConfigOrigin.FileLine or ConfigOrigin.BuiltIn when file is not null => Path.GetDirectoryName(file)!,
        _ => workingFolder,
    });

    /// <summary>The value of a key.</summary>
    public T Get<T>(ConfigKey<T> key)
        where T : notnull => (T)values[key].Value;

    /// <summary>Somebody has set the key.</summary>
    public bool IsSet(ConfigKey key) => values[key].Origin is not ConfigOrigin.BuiltIn;
}
