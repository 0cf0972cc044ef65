namespace Netronome.Configuration;

/// <summary>Every key there is. The documentation, the generated file, the checks and the reading all follow from this table.</summary>
static partial class ConfigKeys
{
    // Lazily: initializers of partial files run in no certain order.
    /// <summary>All keys, section by section in the order of the generated file.</summary>
    public static IReadOnlyList<ConfigKey> All => field ??=
        [.. DatabaseKeys, .. ServerKeys, .. SeriesKeys, .. SpeedtestKeys, .. PacketlossKeys, .. AgentKeys, .. TailscaleKeys, .. RemovedKeys];

    /// <summary>By path.</summary>
    public static IReadOnlyDictionary<string, ConfigKey> ByPath => field ??= All.ToDictionary(key => key.Path, StringComparer.Ordinal);

    /// <summary>By variable, those of secret files included.</summary>
    public static IReadOnlyDictionary<string, ConfigKey> ByVariable => field ??= All
        .SelectMany(key => new[] { (Name: key.Variable, Key: key), (Name: key.FileVariable, Key: key) })
        .Where(pair => pair.Name is not null)
        .ToDictionary(pair => pair.Name!, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Every table and table of tables: <c>speedtest</c>, <c>speedtest.iperf</c>, ….</summary>
    public static IReadOnlySet<string> Sections => field ??= All
        .SelectMany(key => key.Section.Split('.').Select((_, depth) => string.Join('.', key.Section.Split('.')[..(depth + 1)])))
        .ToHashSet(StringComparer.Ordinal);
}
