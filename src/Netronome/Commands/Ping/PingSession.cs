using System.Runtime.InteropServices;
using System.Text.Json;
using Netronome.Output;
using Netronome.Probing;
using Netronome.Probing.Icmp;

namespace Netronome.Commands.Ping;

/// <summary>One run of the verb: resolve, measure all targets side by side, tell.</summary>
sealed class PingSession(PingRequest request, Terminal terminal)
{
    // Targets that begin together begin a little apart, at most this much from one to the next.
    static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(10);

    readonly List<PingTarget> targets =
        [.. request.Targets.Select(target => new PingTarget(target) { Probes = request is { Json: true, Verbose: true } ? [] : null })];

    readonly PingText text = new(terminal.Out, request);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        IcmpEngine? engine = null;
        try
        {
            engine = IcmpEngine.Open(terminal.Time);
        }
        catch (ProbingException exception)
        {
            foreach (var target in targets)
                target.Failure = exception;
        }

        if (engine is not null)
        {
            await using var _ = engine;
            await Task.WhenAll(targets.Select(target => ResolveAsync(target, cancellationToken)));
            using (OnQuit())
                await MeasureAsync(engine, cancellationToken);
        }

        Tell(engine);
        return ExitCodeOf();
    }

    async Task ResolveAsync(PingTarget target, CancellationToken cancellationToken)
    {
        try
        {
            target.Address = await TargetResolver.ResolveAsync(target.Target, request.Family, cancellationToken);
        }
        catch (ProbingException exception)
        {
            target.Failure = exception;
        }
    }

    async Task MeasureAsync(IcmpEngine engine, CancellationToken cancellationToken)
    {
        using var limit = request.Limit is { } length ? new CancellationTokenSource(length, terminal.Time) : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit?.Token ?? CancellationToken.None);
        var measured = targets.Where(target => target.Failure is null).ToList();
        var gap = TimeSpan.FromTicks(Math.Min(LongestGap.Ticks, request.Options.Interval.Ticks / Math.Max(1, measured.Count)));
        Action<PingTarget, ProbeResult> onResult = request.Json ? static (_, _) => { } : text.Result;
        await Task.WhenAll(measured.Select((target, index) =>
        {
            if (!request.Json && (!request.Quiet || measured.Count == 1))
                text.Begin(target);
            return target.MeasureAsync(engine, request.Options with { StartDelay = gap * index }, terminal.Time, onResult, stop.Token);
        }));
    }

    PosixSignalRegistration? OnQuit() => OperatingSystem.IsWindows()
        ? null
        : PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context =>
        {
            context.Cancel = true;
            foreach (var target in targets.Where(target => target.Failure is null))
                text.Interim(terminal.Error, target, targets.Count == 1);
        });

    void Tell(IcmpEngine? engine)
    {
        if (request.Json)
        {
            var document = new PingDocument([.. targets.Select(target => PingTargetDocument.Of(target, request, engine))]);
            terminal.Out.WriteLine(JsonSerializer.Serialize(document, CliJson.Readable.PingDocument));
        }
        else
        {
            foreach (var target in targets.Where(target => target.Failure is null))
                text.End(target);
        }

        foreach (var message in targets.Select(target => target.Failure?.Message).OfType<string>().Distinct())
            terminal.Fail("ping", message, ExitCode.NotMeasured);
    }

    // The worst of the targets, so that a script sees that something is amiss.
    int ExitCodeOf()
    {
        var codes = targets.Select(CodeOf).ToList();
        int[] worstFirst = [ExitCode.NoPermission, ExitCode.NoHost, ExitCode.NotMeasured, ExitCode.Failed, ExitCode.Interrupted];
        return worstFirst.FirstOrDefault(codes.Contains, ExitCode.Success);
    }

    int CodeOf(PingTarget target)
    {
        if (target.Failure is { } failure)
        {
            return failure.Reason switch
            {
                ProbingFailure.NoPermission => ExitCode.NoPermission,
                ProbingFailure.NameNotResolved => ExitCode.NoHost,
                _ => ExitCode.NotMeasured,
            };
        }

        var tally = target.Tally;
        return tally switch
        {
            // With a count and a limit, all must have come, as with ping.
            { Received: > 0 } when request.Limit is null || request.Options.Count is not { } count || tally.Received >= count => ExitCode.Success,
            { Sent: > 0 } when tally.NotSent == tally.Sent => ExitCode.NotMeasured,
            { Lost: > 0 } or { Received: > 0 } => ExitCode.Failed,
            _ => request.Limit is null ? ExitCode.Interrupted : ExitCode.Failed,
        };
    }
}
