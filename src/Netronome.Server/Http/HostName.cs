using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Netronome.Server.Http;

/// <summary>What may be asked to be contacted: an address, or a name of RFC 1123 §2.1 (underscores are let through).</summary>
static class HostName
{
    const int MostLength = 253;
    const int MostLabelLength = 63;

    /// <summary>Adds what is wrong with <paramref name="host"/>.</summary>
    public static void Check(FaultList faults, string member, string? host)
    {
        if (Reason(host) is { } reason)
            faults.Add(member, string.IsNullOrWhiteSpace(host) ? "required" : "bad_host", reason);
    }

    static string? Reason(string? host)
    {
        if (string.IsNullOrWhiteSpace(host))
            return "A host name or address is needed.";
        if (TryParseAddress(host, out var address))
            return IsProbeable(address) ? null : $"{address} is not the address of one host.";
        if (host.Length > MostLength)
            return $"A host name has at most {MostLength} characters.";
        if (host.Any(letter => letter > 127))
            return "A host name with other letters than a to z is written in its xn-- form.";
        var labels = host.EndsWith('.') ? host[..^1].Split('.') : host.Split('.');
        if (labels.Any(label => !IsLabel(label)))
            return "A host name is made of letters, digits, - and dots, and no part begins or ends with -.";
        // "1.2.3", "0x7f.1" and "300.1.1.1" would be read as addresses by some and as names by others.
        return labels[^1].All(char.IsAsciiDigit) || labels[^1].StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? "An IPv4 address has four numbers from 0 to 255."
            : null;
    }

    /// <summary>Reads "192.0.2.1", "2001:db8::1" and "fe80::1%eth0", and none of the older spellings.</summary>
    public static bool TryParseAddress(string text, out IPAddress address)
    {
        address = IPAddress.None;
        if (text.Length > 64 || !IPAddress.TryParse(text, out var parsed) || text.Contains('['))
            return false;
        address = parsed;
        return parsed.AddressFamily == AddressFamily.InterNetworkV6 || parsed.ToString() == text;
    }

    /// <summary>Whether it is one host: not unspecified, multicast or broadcast.</summary>
    public static bool IsProbeable(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            return !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any);
        var first = address.GetAddressBytes()[0];
        return first is not (0 or >= 224);
    }

    static bool IsLabel(string label) =>
        label.Length is > 0 and <= MostLabelLength
        && label[0] != '-' && label[^1] != '-'
        && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    /// <summary>"host" and port as one writes them together.</summary>
    public static string WithPort(string host, int port) => host.Contains(':')
        ? string.Create(CultureInfo.InvariantCulture, $"[{host}]:{port}")
        : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
}
