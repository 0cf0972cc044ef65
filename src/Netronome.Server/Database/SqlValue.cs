namespace Netronome.Server.Database;

/// <summary>An argument of a statement: null, a whole number, a double, text or bytes. Converts from what slices have at hand.</summary>
public readonly struct SqlValue
{
    SqlValue(SqlType type, long number, object? reference) => (Type, Number, Reference) = (type, number, reference);

    internal SqlType Type { get; }

    internal long Number { get; }

    internal object? Reference { get; }

    /// <summary>NULL.</summary>
    public static SqlValue Null => default;

    /// <summary>A whole number.</summary>
    public static implicit operator SqlValue(long value) => new(SqlType.Int64, value, null);

    /// <summary>A whole number, or NULL.</summary>
    public static implicit operator SqlValue(long? value) => value is { } number ? number : Null;

    /// <summary>A double.</summary>
    public static implicit operator SqlValue(double value) => new(SqlType.Double, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>A double, or NULL.</summary>
    public static implicit operator SqlValue(double? value) => value is { } number ? number : Null;

    /// <summary>Truth as 0 or 1.</summary>
    public static implicit operator SqlValue(bool value) => value ? 1L : 0L;

    /// <summary>Text, or NULL.</summary>
    public static implicit operator SqlValue(string? value) => value is null ? Null : new(SqlType.Text, 0, value);

    /// <summary>Bytes, or NULL.</summary>
    public static implicit operator SqlValue(byte[]? value) => value is null ? Null : new(SqlType.Bytes, 0, value);

    /// <summary>A time as microseconds UTC.</summary>
    public static implicit operator SqlValue(DateTimeOffset value) => Series.UnixMicros.ToUnixTimeMicroseconds(value);

    /// <summary>A time as microseconds UTC, or NULL.</summary>
    public static implicit operator SqlValue(DateTimeOffset? value) => value is { } time ? time : Null;

    internal double AsDouble => BitConverter.Int64BitsToDouble(Number);
}

enum SqlType : byte
{
    Null,
    Int64,
    Double,
    Text,
    Bytes,
}
