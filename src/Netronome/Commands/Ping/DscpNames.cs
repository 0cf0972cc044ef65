using System.Globalization;

namespace Netronome.Commands.Ping;

/// <summary>Names of differentiated services code points (IANA "DSCP" registry).</summary>
static class DscpNames
{
    /// <summary>Reads a number from 0 to 63, or a name such as <c>ef</c>, <c>af41</c> or <c>cs1</c>.</summary>
    public static bool TryParse(string text, out byte dscp)
    {
        dscp = 0;
        var name = text.ToLowerInvariant();
        int? value = name switch
        {
            "df" or "be" => 0,
            "le" => 1,
            "va" => 44,
            "ef" => 46,
            // RFC 2597 §6: class 1 to 4, drop precedence 1 to 3.
            ['a', 'f', >= '1' and <= '4' and var order, >= '1' and <= '3' and var drop] => (order - '0') * 8 + (drop - '0') * 2,
            // RFC 2474 §4.2.2.
            ['c', 's', >= '0' and <= '7' and var order] => (order - '0') * 8,
            _ => byte.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 63 ? number : null,
        };
        dscp = (byte)(value ?? 0);
        return value is not null;
    }
}
