namespace Netronome.Protocols.Toml;

/// <summary>A value of a document and where it begins.</summary>
/// <param name="Position">The first character of the value.</param>
public abstract record TomlNode(TomlPosition Position)
{
    /// <summary>What it is, in words for messages: <c>a string</c>, <c>an integer</c>.</summary>
    public abstract string Kind { get; }
}

/// <summary>A string, escapes resolved.</summary>
public sealed record TomlString(string Value, TomlPosition Position) : TomlNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => "a string";
}

/// <summary>A signed 64-bit integer.</summary>
public sealed record TomlInteger(long Value, TomlPosition Position) : TomlNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => "an integer";
}

/// <summary>A binary64 number, infinities and NaN included.</summary>
public sealed record TomlFloat(double Value, TomlPosition Position) : TomlNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => "a float";
}

/// <summary>true or false.</summary>
public sealed record TomlBoolean(bool Value, TomlPosition Position) : TomlNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => "a boolean";
}

/// <summary>An instant with its offset from UTC; fractions beyond 100 ns are cut off.</summary>
public sealed record TomlOffsetDateTime(DateTimeOffset Value, TomlPosition Position) : TomlNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => "a date and time";
}

/// <summary>A date and time of no particular place.</summary>
public sealed record TomlLocalDateTime(DateTime Value, TomlPosition Position) : TomlNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => "a local date and time";
}

/// <summary>A date of no particular place.</summary>
public sealed record TomlLocalDate(DateOnly Value, TomlPosition Position) : TomlNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => "a local date";
}

/// <summary>A time of day of no particular place.</summary>
public sealed record TomlLocalTime(TimeOnly Value, TomlPosition Position) : TomlNode(Position)
{
    /// <inheritdoc/>
    public override string Kind => "a local time";
}
