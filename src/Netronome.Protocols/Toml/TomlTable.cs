namespace Netronome.Protocols.Toml;

/// <summary>A key with its value.</summary>
/// <param name="Key">The key, without quotes.</param>
/// <param name="KeyPosition">Where the key stands.</param>
/// <param name="Value">Its value.</param>
public sealed record TomlEntry(string Key, TomlPosition KeyPosition, TomlNode Value);

/// <summary>A table; its entries keep the order of the document.</summary>
public sealed record TomlTable(TomlPosition Position) : TomlNode(Position)
{
    readonly List<TomlEntry> entries = [];
    readonly Dictionary<string, TomlEntry> byKey = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string Kind => "a table";

    /// <summary>Keys and values in the document's order.</summary>
    public IReadOnlyList<TomlEntry> Entries => entries;

    /// <summary>A header or a finished dotted key has defined it; neither may open it again.</summary>
    internal bool Defined { get; set; }

    /// <summary>Written as <c>{ … }</c>: complete as it stands.</summary>
    internal bool Frozen { get; set; }

    /// <summary>The entry of a key, or null.</summary>
    public TomlEntry? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>Adds an entry; false when the key is there already.</summary>
    public bool TryAdd(TomlEntry entry)
    {
        if (!byKey.TryAdd(entry.Key, entry))
            return false;
        entries.Add(entry);
        return true;
    }

    /// <summary>Same object: a table is compared by its entries, not by this.</summary>
    public bool Equals(TomlTable? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Position.GetHashCode();
}

/// <summary>An array, of anything or of tables.</summary>
public sealed record TomlArray(TomlPosition Position) : TomlNode(Position)
{
    readonly List<TomlNode> items = [];

    /// <inheritdoc/>
    public override string Kind => "an array";

    /// <summary>Its values in order.</summary>
    public IReadOnlyList<TomlNode> Items => items;

    /// <summary>Made by <c>[[name]]</c> headers, which may add to it.</summary>
    internal bool OfTables { get; init; }

    /// <summary>Adds a value at the end.</summary>
    public void Add(TomlNode item) => items.Add(item);

    /// <summary>Same object.</summary>
    public bool Equals(TomlArray? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Position.GetHashCode();
}
