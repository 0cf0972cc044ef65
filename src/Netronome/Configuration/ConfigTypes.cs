using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Netronome.Protocols.Toml;
using Netronome.Server.Scheduling;

namespace Netronome.Configuration;

/// <summary>The types of values.</summary>
static class ConfigTypes
{
    /// <summary>Any text.</summary>
    public static ConfigType<string> Text { get; } = OfText("text", text => (text, null));

    /// <summary>Text that must not be empty.</summary>
    public static ConfigType<string> Filled { get; } = OfText("text", text => text.Length > 0 ? (text, null) : (null, "is empty"));

    /// <summary>true or false; a variable may use any of Go's forms.</summary>
    public static ConfigType<bool> Boolean { get; } = new(ConfigShape.Boolean, "true or false",
        words => words[0] switch
        {
            "1" or "t" or "T" or "TRUE" or "true" or "True" => (true, null),
            "0" or "f" or "F" or "FALSE" or "false" or "False" => (false, null),
            _ => (false, "is not a boolean; write true or false"),
        },
        value => value ? "true" : "false");

    /// <summary>A number, fractions allowed, not negative.</summary>
    public static ConfigType<double> Number { get; } = new(ConfigShape.Number, "a number",
        words => double.TryParse(words[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1e15
            ? (value, null)
            : (0, "is not a number from 0"),
        value => value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>A TCP or UDP port.</summary>
    public static ConfigType<int> Port { get; } = Integer(1, 65_535);

    /// <summary>A length of time such as 30s, 5m, 7d.</summary>
    public static ConfigType<TimeSpan> Duration { get; } = new(ConfigShape.Text, "a duration such as 30s, 5m, 1h30m or 7d",
        words => Server.Scheduling.Duration.TryParse(words[0], out var value, out var reason) ? (value, null) : (default, reason),
        value => TomlWriter.FormatString(Server.Scheduling.Duration.Format(value)));

    /// <summary>A number of bytes such as 4GiB.</summary>
    public static ConfigType<long> Size { get; } = new(ConfigShape.Text, "a size such as 500MiB, 4GiB or 2TB",
        words => ByteSize.TryParse(words[0], out var value, out var reason) ? (value, null) : (default, reason),
        value => TomlWriter.FormatString(ByteSize.Format(value)));

    /// <summary>Any texts.</summary>
    public static ConfigType<IReadOnlyList<string>> List { get; } = new(ConfigShape.List, "a list of texts", words => (words, null), WriteList);

    /// <summary>Networks in CIDR form.</summary>
    public static ConfigType<IReadOnlyList<IPNetwork>> Networks { get; } = new(ConfigShape.List, "a list of networks such as 192.168.1.0/24",
        ReadNetworks, value => WriteList([.. value.Select(network => network.ToString())]));

    /// <summary>A name or address to listen on or connect to.</summary>
    public static ConfigType<string> Host { get; } = OfText("a host name or IP address", text =>
        text.Length <= 253 && Uri.CheckHostName(text) != UriHostNameType.Unknown ? (text, null) : (null, "is not a host name or IP address"));

    /// <summary>A path below which everything is served.</summary>
    public static ConfigType<string> BasePath { get; } = OfText("a path such as / or /netronome", text =>
    {
        var path = text.Trim('"', '\'', ' ');
        return path.Split('/').Any(part => part is "." or "..") || !path.All(letter => char.IsAsciiLetterOrDigit(letter) || "/-._~".Contains(letter))
            ? (null, "is not a path; write for example / or /netronome")
            : ('/' + path.Trim('/'), null);
    });

    /// <summary>The address people type, or nothing.</summary>
    public static ConfigType<string> WebAddress { get; } = OfText("an address such as https://net.example.org/netronome", text =>
        text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? (text, null)
            : (null, "is not an address that begins with http:// or https://"));

    /// <summary>A time zone by its IANA name, or nothing for the machine's.</summary>
    public static ConfigType<string> Zone { get; } = OfText("a time zone such as Europe/Oslo", text =>
    {
        if (text.Length == 0)
            return ("", null);
        return TimeZones.TryFind(text, out _, out var reason) ? (text, null) : (null, reason);
    });

    /// <summary>A whole number within bounds.</summary>
    public static ConfigType<int> Integer(int minimum, int maximum) => new(ConfigShape.Integer, $"{minimum}…{maximum}",
        words =>
        {
            if (!long.TryParse(words[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
                return (0, "is not a whole number");
            if (value < minimum)
                return (0, $"is below {minimum}");
            return value > maximum ? (0, $"is above {maximum}") : ((int)value, null);
        },
        value => value.ToString(CultureInfo.InvariantCulture));

    /// <summary>One of a few words, in any case.</summary>
    public static ConfigType<string> Choice(params string[] choices) => OfText(string.Join(", ", choices.Select(choice => choice.Length == 0 ? "empty" : choice)), text =>
    {
        var word = text.ToLowerInvariant();
        if (choices.Contains(word))
            return (word, null);
        var nearest = Output.NearestName.Find(word, choices);
        return (null, $"is none of {string.Join(", ", choices.Where(choice => choice.Length > 0))}{(nearest is { Length: > 0 } ? $"; did you mean {nearest}?" : "")}");
    });

    /// <summary>A variable's text as a list.</summary>
    public static IReadOnlyList<string> Split(string text, bool atBlanks) =>
        text.Split(atBlanks ? [',', ' '] : [','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static ConfigType<string> OfText(string allowed, Func<string, (string? Value, string? Reason)> read) =>
        new(ConfigShape.Text, allowed, words => read(words[0]), TomlWriter.FormatString);

    static string WriteList(IReadOnlyList<string> items) => $"[{string.Join(", ", items.Select(TomlWriter.FormatString))}]";

    static (IReadOnlyList<IPNetwork>? Value, string? Reason) ReadNetworks(IReadOnlyList<string> words)
    {
        var networks = new List<IPNetwork>();
        foreach (var word in words)
        {
            var slash = word.IndexOf('/');
            if (!IPAddress.TryParse(slash < 0 ? word : word[..slash], out var address))
                return (null, $"holds '{word}', which is not a network; write for example 192.168.1.0/24");
            var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
            if (slash < 0)
                return (null, $"holds '{word}', which is an address; write {word}/{bits} for this one alone");
            if (!int.TryParse(word.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > bits)
                return (null, $"holds '{word}', whose prefix length is not 0…{bits}");
            networks.Add(new IPNetwork(ClearHostBits(address, length), length));
        }
        return (networks, null);
    }

    // 192.168.1.7/24 means the network 192.168.1.0/24, as in the original; the framework's parser refuses it.
    static IPAddress ClearHostBits(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] &= (byte)(0xFF00 >> Math.Clamp(length - i * 8, 0, 8));
        return new IPAddress(bytes);
    }
}
