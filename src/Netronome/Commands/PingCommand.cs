using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Netronome.Commands.Ping;
using Netronome.Output;
using Netronome.Probing;
using Netronome.Probing.Icmp;
using Netronome.Server.Scheduling;

namespace Netronome.Commands;

/// <summary><c>netronome ping</c>: ping's short flags with ping's meaning and units; times also take a suffix.</summary>
static class PingCommand
{
    const int MostTargets = 65_536;

    public static Command Create(Terminal terminal)
    {
        var hosts = new Argument<string[]>("host") { Description = "Host names or addresses", Arity = ArgumentArity.ZeroOrMore };
        var count = new Option<int?>("--count", "-c") { Description = "Stop after this many probes to each host", HelpName = "n" };
        var interval = Seconds("--interval", "-i", "Time between probes to a host (default 1)");
        var timeout = Seconds("--timeout", "-W", "A probe without answer after this is lost (default 3)");
        var limit = Seconds("--deadline", "-w", "End the whole run after this; with -c, all must have answered by then");
        var size = new Option<int>("--size", "-s")
        {
            Description = "Bytes of data in a probe, without the 8 of ICMP and those of IP",
            HelpName = "bytes",
            DefaultValueFactory = _ => IcmpProbeOptions.Default.PayloadBytes,
        };
        var v4 = new Option<bool>("-4") { Description = "Use IPv4 only" };
        var v6 = new Option<bool>("-6") { Description = "Use IPv6 only" };
        var source = new Option<string?>("--source", "--interface", "-I") { Description = "Address or interface to send from", HelpName = "source" };
        var dscp = new Option<byte>("--dscp") { Description = "Code point 0 to 63 or its name (ef, cs1, af41)", HelpName = "n", CustomParser = ParseDscp };
        var ttl = new Option<byte?>("--ttl", "-t") { Description = "Hop limit of the probes, 1 to 255", HelpName = "n" };
        var file = new Option<string?>("--file", "-f") { Description = "More hosts, one a line; - is standard input", HelpName = "file" };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print the summary only" };
        var numeric = new Option<bool>("--numeric", "-n") { Description = "No effect: addresses are never looked up" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document at the end" };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Name the clock of each answer; with --json, list every probe" };

        var command = new Command("ping", "Measure round-trip times and loss with ICMP echo")
        {
            hosts, count, interval, timeout, limit, size, v4, v6, source, dscp, ttl, file, quiet, numeric, json, verbose,
        };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var faults = new List<string>();
            var targets = ReadTargets(parse.GetValue(hosts) ?? [], parse.GetValue(file), terminal, faults);
            var from = parse.GetValue(source);
            var address = IPAddress.TryParse(from, out var parsed) ? parsed : null;
            var options = IcmpProbeOptions.Default with
            {
                Count = parse.GetValue(count),
                Interval = parse.GetValue(interval) ?? IcmpProbeOptions.Default.Interval,
                Deadline = parse.GetValue(timeout) ?? IcmpProbeOptions.Default.Deadline,
                PayloadBytes = parse.GetValue(size),
                Dscp = parse.GetValue(dscp),
                Ttl = parse.GetValue(ttl),
                Source = address,
                Interface = address is null ? from : null,
            };
            if (options.FindFault() is { } fault)
                faults.Add(fault);
            if (parse.GetValue(v4) && parse.GetValue(v6))
                faults.Add("-4 and -6 exclude each other.");
            if (faults.Count > 0)
            {
                foreach (var sentence in faults)
                    terminal.Fail("ping", sentence, ExitCode.Usage);
                return ExitCode.Usage;
            }

            var request = new PingRequest
            {
                Targets = targets,
                Family = parse.GetValue(v4) ? FamilyChoice.V4 : parse.GetValue(v6) ? FamilyChoice.V6 : FamilyChoice.Any,
                Options = options,
                Limit = parse.GetValue(limit),
                Quiet = parse.GetValue(quiet),
                Verbose = parse.GetValue(verbose),
                Json = parse.GetValue(json),
            };
            return await new PingSession(request, terminal).RunAsync(cancellationToken);
        });
        return command;
    }

    static List<Target> ReadTargets(string[] hosts, string? file, Terminal terminal, List<string> faults)
    {
        IEnumerable<string> names = hosts;
        if (file is not null)
        {
            try
            {
                names = [.. hosts, .. ReadLines(file, terminal)];
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                faults.Add($"{file} can't be read: {exception.Message}");
            }
        }

        var targets = new List<Target>();
        foreach (var name in names.Take(MostTargets + 1))
        {
            if (Target.TryParse(name, out var target, out var reason))
                targets.Add(target);
            else
                faults.Add(reason);
        }

        if (targets.Count == 0 && faults.Count == 0)
            faults.Add("Name at least one host.");
        if (targets.Count > MostTargets)
            faults.Add($"At most {MostTargets} hosts at once.");
        return targets;
    }

    static List<string> ReadLines(string file, Terminal terminal)
    {
        var lines = file == "-" ? terminal.In.ReadToEnd().Split('\n') : File.ReadAllLines(file);
        return [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];
    }

    static Option<TimeSpan?> Seconds(string name, string letter, string description) =>
        new(name, letter) { Description = description, HelpName = "seconds", CustomParser = ParseSeconds };

    // ping's plain seconds, or our durations: 0.2, 200ms, 5s.
    static TimeSpan? ParseSeconds(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 100_000_000)
            return TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        if (Duration.TryParse(text, out var duration, out var reason))
            return duration;
        var isNumber = decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _);
        result.AddError($"'{text}' {(isNumber ? "is not a number of seconds above 0" : reason)}");
        return null;
    }

    static byte ParseDscp(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
        if (!DscpNames.TryParse(text, out var value))
            result.AddError($"'{text}' is not a code point: write 0 to 63, or a name such as ef, cs1 or af41");
        return value;
    }
}
