using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Netronome.Probing;

/// <summary>What somebody wants probed: a literal address, or a host name that is well formed but not yet resolved.</summary>
public sealed record Target
{
    const int LongestName = 253;
    const int LongestLabel = 63;

    Target(string text, string host, IPAddress? literal) => (Text, Host, Literal) = (text, host, literal);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>What the resolver is asked for: ASCII, internationalised names in their <c>xn--</c> form (RFC 5891).</summary>
    public string Host { get; }

    /// <summary>The address, when no resolving is needed.</summary>
    public IPAddress? Literal { get; }

    /// <summary>Reads a host name or literal address; <paramref name="reason"/> says in a sentence what is wrong with a refused one.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Target? target, out string reason)
    {
        target = null;
        reason = "";
        if (string.IsNullOrWhiteSpace(text))
            reason = "A target must not be empty.";
        else if (text.Contains(':'))
            reason = TryParseV6(text, out target) ? "" : $"{Shown(text)} is not an IPv6 address, and a host name has no colon.";
        else if (IsNumeric(text))
            reason = TryParseV4(text, out target) ? "" : $"{Shown(text)} is not an IPv4 address: it needs four numbers from 0 to 255.";
        else
            reason = FindNameFault(text, out target);
        return target is not null;
    }

    /// <summary>As it was written.</summary>
    public override string ToString() => Text;

    static bool TryParseV6(string text, out Target? target)
    {
        var bare = text is ['[', .., ']'] ? text[1..^1] : text;
        target = IPAddress.TryParse(bare, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? new(text, bare, address)
            : null;
        return target is not null;
    }

    // inet_aton's short, octal and hexadecimal forms are refused: nobody reads 010.1 as 8.0.0.1.
    static bool TryParseV4(string text, out Target? target)
    {
        var parts = text.Split('.');
        var isPlain = parts.Length == 4 && parts.All(part => part.Length is 1 or 2 or 3 && (part.Length == 1 || part[0] != '0'));
        target = isPlain && IPAddress.TryParse(text, out var address) ? new(text, text, address) : null;
        return target is not null;
    }

    static bool IsNumeric(string text)
    {
        // A name whose last label is a number would be read as an address by one resolver and as a name by another (WHATWG URL, "ends in a number").
        var last = text.TrimEnd('.').Split('.')[^1];
        return last.Length > 0 && (last.All(char.IsAsciiDigit) || last.StartsWith("0x", StringComparison.OrdinalIgnoreCase));
    }

    static string FindNameFault(string text, out Target? target)
    {
        target = null;
        if (text[0] == '-')
            return $"{Shown(text)} looks like an option: a host name does not begin with a hyphen.";
        if (!TryToAscii(text, out var host, out var reason))
            return reason;
        if (host.TrimEnd('.').Length > LongestName)
            return $"A host name has at most {LongestName} characters; this one has {host.Length}.";
        foreach (var label in host.EndsWith('.') ? host[..^1].Split('.') : host.Split('.'))
        {
            if (label.Length == 0)
                return $"{Shown(text)} has an empty part between two dots.";
            if (label.Length > LongestLabel)
                return $"{Shown(text)} has a part of more than {LongestLabel} characters.";
            if (label[0] == '-' || label[^1] == '-')
                return $"{Shown(text)} has a part that begins or ends with a hyphen.";
            if (label.FirstOrDefault(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_')) is var odd and not '\0')
                return $"{Shown(text)} has {Described(odd)}, which no host name has.";
        }

        target = new(text, host, literal: null);
        return "";
    }

    static bool TryToAscii(string text, out string host, out string reason)
    {
        (host, reason) = (text, "");
        if (Ascii.IsValid(text))
            return true;
        // Without ICU nothing can be normalised, so only what is normal already is taken: letters and digits, not marks and presentation forms.
        var lower = text.Replace('。', '.').ToLowerInvariant();
        foreach (var rune in lower.EnumerateRunes())
        {
            var isPlain = rune.IsAscii || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.DecimalDigitNumber && rune.Value is < 0xFB00 or > 0xFFFF;
            if (isPlain)
                continue;
            reason = $"{Shown(text)} has a character (U+{rune.Value:X4}) that can't be turned into a DNS name here; write the name in its xn-- form.";
            return false;
        }

        try
        {
            host = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(lower);
            return true;
        }
        catch (ArgumentException)
        {
            reason = $"{Shown(text)} can't be turned into a DNS name; write the name in its xn-- form.";
            return false;
        }
    }

    static string Described(char character) => character switch
    {
        ' ' => "a space",
        _ when char.IsControl(character) => $"a control character (U+{(int)character:X4})",
        _ => $"the character '{character}'",
    };

    // A message stays on one line and readable, whatever was written.
    static string Shown(string text)
    {
        var plain = new string([.. text.Take(40).Select(character => char.IsControl(character) ? '?' : character)]);
        return text.Length > 40 ? $"\"{plain}…\"" : $"\"{plain}\"";
    }
}
