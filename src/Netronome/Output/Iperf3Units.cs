using System.Globalization;

namespace Netronome.Output;

/// <summary>Numbers in four figures with iperf3's units: bytes by 1024, bits by 1000.</summary>
/// <param name="format">iperf3's <c>-f</c>: a letter of "kmgt" for bits, of "KMGT" for bytes, "a" to choose by size.</param>
readonly struct Iperf3Units(char format)
{
    static readonly string[] Prefixes = ["", "K", "M", "G", "T"];

    /// <summary>An amount, always in the unit that fits it: <c>11.9 MBytes</c>.</summary>
    public static string Bytes(double bytes) => Fit(bytes, 1024, "Bytes");

    /// <summary>A rate in the chosen unit: <c> 101 Mbits/sec</c>.</summary>
    public string Rate(double bitsPerSecond)
    {
        var index = "kmgt".IndexOf(char.ToLowerInvariant(format)) + 1;
        var inBytes = char.IsUpper(format);
        var (value, step, unit) = inBytes ? (bitsPerSecond / 8, 1024, "Bytes") : (bitsPerSecond, 1000, "bits");
        return (index is 0 ? Fit(value, step, unit) : Show(value / Math.Pow(step, index), index, unit)) + "/sec";
    }

    static string Fit(double value, int step, string unit)
    {
        var index = 0;
        for (; value >= step && index < Prefixes.Length - 1; index++)
            value /= step;
        return Show(value, index, unit);
    }

    static string Show(double value, int index, string unit)
    {
        var digits = value switch { < 9.995 => "0.00", < 99.95 => "0.0", _ => "0" };
        return value.ToString(digits, CultureInfo.InvariantCulture).PadLeft(4) + " " + Prefixes[index] + unit;
    }
}
