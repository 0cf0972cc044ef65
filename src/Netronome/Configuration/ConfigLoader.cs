namespace Netronome.Configuration;

/// <summary>
/// Reads a configuration: defaults, then the file, then variables (those of the process before those of <c>.env</c>). Finds every
/// fault in one pass; nothing is skipped in silence.
/// </summary>
sealed partial class ConfigLoader
{
    readonly ConfigSources sources;
    readonly List<ConfigFault> faults = [];
    readonly List<ConfigFault> notices = [];
    readonly Dictionary<ConfigKey, ConfigValue> fromFile = [];
    readonly Dictionary<ConfigKey, ConfigValue> fromEnvironment = [];

    ConfigLoader(ConfigSources sources) => this.sources = sources;

    /// <summary>Reads everything.</summary>
    public static ConfigReading Load(ConfigSources sources)
    {
        var loader = new ConfigLoader(sources);
        var file = loader.FindFile();
        if (file is not null)
            loader.ReadFile(file);
        loader.ReadEnvironment();
        var values = loader.Merge();
        return new(new NetronomeConfig(file, sources.WorkingFolder, values), InOrder(loader.faults), InOrder(loader.notices));
    }

    // As somebody goes through the files from top to bottom; variables last.
    static IReadOnlyList<ConfigFault> InOrder(List<ConfigFault> found) =>
        [.. found.OrderBy(fault => fault.File is null).ThenBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    Dictionary<ConfigKey, ConfigValue> Merge()
    {
        ApplyDeprecated(fromFile);
        ApplyDeprecated(fromEnvironment);
        ApplyPreferHost();
        var values = new Dictionary<ConfigKey, ConfigValue>();
        foreach (var key in ConfigKeys.All)
        {
            var value = fromEnvironment.GetValueOrDefault(key) ?? fromFile.GetValueOrDefault(key);
            if (value is not null)
                Notice(value);
            values[key] = value ?? new(key, key.Default, new ConfigOrigin.BuiltIn());
        }
        return values;
    }

    // A former name sets the key of today, unless that is set at the same place.
    static void ApplyDeprecated(Dictionary<ConfigKey, ConfigValue> values)
    {
        foreach (var old in values.Values.Where(value => value.Key.Replacement is not null).ToArray())
        {
            var key = ConfigKeys.ByPath[old.Key.Replacement!];
            values.TryAdd(key, old with { Key = key });
        }
    }

    void ApplyPreferHost()
    {
        var method = ConfigKeys.ByPath["tailscale.method"];
        var prefer = ConfigKeys.ByPath["tailscale.prefer_host"];
        foreach (var values in (ReadOnlySpan<Dictionary<ConfigKey, ConfigValue>>)[fromFile, fromEnvironment])
        {
            if (values.TryGetValue(prefer, out var value) && (bool)value.Value)
                values.TryAdd(method, new(method, "host", value.Origin));
        }
    }

    void Notice(ConfigValue value)
    {
        var key = value.Key;
        var reason = key.Effect switch
        {
            ConfigEffect.Later => "is accepted but has no effect yet",
            ConfigEffect.Dead => "is accepted but has no effect, here as in the original",
            ConfigEffect.Removed => "is accepted but has no effect: the section was removed; messages are set up on the page",
            ConfigEffect.Deprecated => $"is a former name; write {key.Replacement ?? "tailscale.method"} instead",
            _ => null,
        };
        // What a former name has set was said at the former name.
        if (reason is not null && !ComesFromDeprecated(value))
            notices.Add(At(value.Origin, key, reason));
    }

    bool ComesFromDeprecated(ConfigValue value) => fromFile.Values.Concat(fromEnvironment.Values)
        .Any(other => other.Key != value.Key && other.Key.Effect == ConfigEffect.Deprecated && other.Origin == value.Origin);

    static ConfigFault At(ConfigOrigin origin, ConfigKey key, string reason) => origin switch
    {
        ConfigOrigin.FileLine line => new(reason) { File = line.Path, Line = line.Line, Key = key.Path },
        ConfigOrigin.DotEnvLine line => new(reason) { File = line.Path, Line = line.Line, Variable = line.Name, Key = key.Path },
        ConfigOrigin.SecretFile file => new(reason) { Variable = file.Name, Key = key.Path },
        ConfigOrigin.Variable variable => new(reason) { Variable = variable.Name, Key = key.Path },
        _ => new(reason) { Key = key.Path },
    };

    /// <summary>Keeps the value if the key's type takes it, else records why not.</summary>
    void Accept(Dictionary<ConfigKey, ConfigValue> values, ConfigKey key, IReadOnlyList<string> words, ConfigOrigin origin, string written, int? column)
    {
        var (value, reason) = key.Read(words);
        if (reason is null)
            values[key] = new(key, value!, origin);
        else
            faults.Add(At(origin, key, reason) with { Column = column, Value = key.Secret ? null : Shorten(written) });
    }

    static string Shorten(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= 60 ? line : $"{line[..57]}…";
    }
}
