using System.Globalization;

namespace Netronome.Protocols.Toml;

/// <summary>Integers and floats.</summary>
sealed partial class TomlParser
{
    TomlNode? ParseNumber(ReadOnlySpan<char> word, TomlPosition position)
    {
        if (word.Length > 2 && word[0] == '0' && word[1] is 'x' or 'o' or 'b')
            return ParsePrefixed(word, position);
        var signed = word is ['+' or '-', ..];
        var digits = signed ? word[1..] : word;
        if (digits is "inf")
            return new TomlFloat(word[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity, position);
        if (digits is "nan")
            return new TomlFloat(double.NaN, position);
        if (!IsDecimal(digits, out var isFloat))
            return null;
        var plain = word.ToString().Replace("_", "", StringComparison.Ordinal);
        if (isFloat)
            return new TomlFloat(double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture), position);
        return long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? new TomlInteger(value, position)
            : throw Fault(offset - word.Length, "an integer beyond 64 bits");
    }

    // dec-int [ frac ] [ exp ]: no leading zero before the point, underscores only between digits.
    static bool IsDecimal(ReadOnlySpan<char> word, out bool isFloat)
    {
        isFloat = false;
        var rest = word;
        var whole = TakeDigits(ref rest);
        if (whole.IsEmpty || whole is ['0', _, ..])
            return false;
        if (rest is ['.', ..])
        {
            isFloat = true;
            rest = rest[1..];
            if (TakeDigits(ref rest).IsEmpty)
                return false;
        }
        if (rest is ['e' or 'E', ..])
        {
            isFloat = true;
            rest = rest[1..];
            if (rest is ['+' or '-', ..])
                rest = rest[1..];
            if (TakeDigits(ref rest).IsEmpty)
                return false;
        }
        return rest.IsEmpty;
    }

    static ReadOnlySpan<char> TakeDigits(ref ReadOnlySpan<char> word)
    {
        var length = 0;
        while (length < word.Length && (char.IsAsciiDigit(word[length]) || (word[length] == '_' && length > 0 && char.IsAsciiDigit(word[length - 1]))))
            length++;
        if (length > 0 && word[length - 1] == '_')
            return [];
        var digits = word[..length];
        word = word[length..];
        return digits;
    }

    // hex-int, oct-int, bin-int: no sign; the value must fit 63 bits.
    TomlInteger? ParsePrefixed(ReadOnlySpan<char> word, TomlPosition position)
    {
        var radix = word[1] switch { 'x' => 16UL, 'o' => 8UL, _ => 2UL };
        var value = 0UL;
        var afterDigit = false;
        for (var i = 2; i < word.Length; i++)
        {
            if (word[i] == '_' && afterDigit)
            {
                afterDigit = false;
                continue;
            }
            if (!char.IsAsciiHexDigit(word[i]))
                return null;
            var digit = Convert.ToUInt64(word[i].ToString(), 16);
            if (digit >= radix)
                return null;
            if (value > ((ulong)long.MaxValue - digit) / radix)
                throw Fault(offset - word.Length, "an integer beyond 64 bits");
            value = value * radix + digit;
            afterDigit = true;
        }
        return afterDigit ? new TomlInteger((long)value, position) : null;
    }
}
