using System.CommandLine;
using Netronome.Output;
using Netronome.Probing.Throughput;

namespace Netronome.Commands;

/// <summary><c>netronome iperf3</c>: a throughput test against an iperf3 server, with iperf3's letters and iperf3's output.</summary>
static class Iperf3Command
{
    const string Verb = "iperf3";

    public static Command Create(Terminal terminal)
    {
        var arguments = new Iperf3Arguments();
        var command = new Command(Verb, "Measure TCP throughput against an iperf3 server (sizes: payload bytes; rates: bit/s)");
        foreach (var option in arguments.All)
            command.Options.Add(option);
        command.SetAction((parse, cancellationToken) =>
        {
            var options = arguments.ToOptions(parse);
            var view = Choose(terminal, arguments, parse, options);
            return RunAsync(terminal, options, view, cancellationToken);
        });
        return command;
    }

    static IIperf3View Choose(Terminal terminal, Iperf3Arguments arguments, ParseResult parse, Iperf3Options options)
    {
        if (parse.GetValue(arguments.Json))
            return new Iperf3DocumentView(terminal, options);
        if (parse.GetValue(arguments.PeerJson) || parse.GetValue(arguments.JsonStream))
            return new Iperf3PeerJsonView(terminal, options, stream: parse.GetValue(arguments.JsonStream));
        return new Iperf3TableView(terminal, options, new Iperf3Units(parse.GetValue(arguments.Format)));
    }

    static async Task<int> RunAsync(Terminal terminal, Iperf3Options options, IIperf3View view, CancellationToken cancellationToken)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            foreach (var fault in faults)
                terminal.Fail(Verb, fault, ExitCode.Usage);
            return ExitCode.Usage;
        }
        view.Connecting();
        var result = await Iperf3Client.RunAsync(options, view.Started, view.Interval, terminal.Time, cancellationToken);
        view.Finished(result);
        if (result.Failure is null)
            return ExitCode.Success;
        terminal.Fail(Verb, result.Message ?? "the test failed", ExitCode.NotMeasured);
        return ExitCodeOf(result);
    }

    static int ExitCodeOf(Iperf3Result result) => result.Failure switch
    {
        // Stopped on purpose: what was measured until then is a result.
        ThroughputFailure.Cancelled => result.Intervals.Any(interval => !interval.Omitted) ? ExitCode.Success : ExitCode.Interrupted,
        ThroughputFailure.BadOptions => ExitCode.Usage,
        ThroughputFailure.NameNotResolved => ExitCode.NoHost,
        ThroughputFailure.Refused or ThroughputFailure.Unreachable => ExitCode.Unavailable,
        _ => ExitCode.NotMeasured,
    };
}
