using System.Globalization;

namespace Netronome.Commands;

/// <summary>Numbers as iperf3's users write them.</summary>
static class Iperf3Numbers
{
    /// <summary><c>128K</c>, <c>1.5g</c>, <c>1000000</c>: never negative, never fractional at the end.</summary>
    public static bool TryParseAmount(string text, int kilo, out long amount)
    {
        amount = 0;
        var exponent = text.Length > 0 ? "KMGT".IndexOf(char.ToUpperInvariant(text[^1])) + 1 : 0;
        var digits = exponent > 0 ? text.AsSpan(0, text.Length - 1) : text;
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        var value = Math.Round(number * Math.Pow(kilo, exponent));
        // The parser takes "NaN" too.
        if (value is not < 9e18)
            return false;
        amount = (long)value;
        return true;
    }

    /// <summary><c>10</c> and <c>0.5</c> are seconds; <c>200ms</c>, <c>5s</c>, <c>2m</c> and <c>1h</c> say what they are.</summary>
    public static bool TryParseSeconds(string text, out TimeSpan span)
    {
        span = default;
        var (unit, factor) = text switch
        {
            [.., 'm', 's'] => (2, 0.001),
            [.., 's'] => (1, 1.0),
            [.., 'm'] => (1, 60.0),
            [.., 'h'] => (1, 3600.0),
            _ => (0, 1.0),
        };
        if (!double.TryParse(text.AsSpan(0, text.Length - unit), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;
        var seconds = number * factor;
        if (seconds is not <= 1e9)
            return false;
        span = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
