using System.Globalization;

namespace Netronome.Configuration;

/// <summary>Numbers of bytes as people write them: <c>4GiB</c> is 2³², <c>4GB</c> is 4·10⁹, a bare number is bytes.</summary>
static class ByteSize
{
    static readonly (string Name, long Bytes)[] Units =
    [
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10),
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000), ("B", 1), ("", 1),
    ];

    public static bool TryParse(string text, out long bytes, out string reason)
    {
        bytes = 0;
        reason = "is not a size; write for example 500MiB or 4GiB";
        var trimmed = text.AsSpan().Trim();
        var digits = trimmed.IndexOfAnyExceptInRange('0', '9');
        var number = digits < 0 ? trimmed : trimmed[..digits];
        var unit = (digits < 0 ? "" : trimmed[digits..].Trim().ToString());
        if (number.Length is 0 or > 15 || Array.FindIndex(Units, known => known.Name.Equals(unit, StringComparison.OrdinalIgnoreCase)) is var index && index < 0)
            return false;
        var size = (decimal)long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture) * Units[index].Bytes;
        reason = size > long.MaxValue ? "is too large" : "is zero";
        if (size is 0 or > long.MaxValue)
            return false;
        bytes = (long)size;
        reason = "";
        return true;
    }

    public static string Format(long bytes)
    {
        var (name, unit) = Units.First(unit => bytes % unit.Bytes == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes / unit}{name}");
    }
}
