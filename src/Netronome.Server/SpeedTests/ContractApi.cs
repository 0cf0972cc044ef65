using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Netronome.Server.Http;

namespace Netronome.Server.SpeedTests;

/// <summary>The speed-test routes that scripts written for the original call.</summary>
static class ContractApi
{
    public static RouteGroupBuilder MapSpeedTestContract(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("speed tests (contract)").RequireLogin();
        group.MapGet("/servers", ListServers);
        group.MapPost("/speedtest", RunAsync);
        group.MapGet("/speedtest/status", Status);
        group.MapGet("/speedtest/history", HistoryAsync);
        return group;
    }

    static Results<Ok<List<ProviderServer>>, ProblemResult> ListServers(string? testType)
    {
        if (testType == "iperf3")
            return TypedResults.Ok(new List<ProviderServer>());
        var faults = new FaultList();
        faults.Add("testType", "not_available", "Only testType=iperf3 is there so far; speedtest.net and LibreSpeed are not.");
        return Problems.Invalid(faults);
    }

    static async Task<Results<Ok<TestResult>, ProblemResult>> RunAsync(
        TestOptions body, SpeedTestRunner runner, ServerOptions options, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        if (body.UseIperf != true)
            faults.Add("useIperf", "not_available", "Only iperf3 tests are there so far (useIperf: true); speedtest.net and LibreSpeed are not.");
        var direction = (body.EnableDownload ?? true, body.EnableUpload ?? true) switch
        {
            (true, true) => RunDirection.Both,
            (true, false) => RunDirection.Download,
            _ => RunDirection.Upload,
        };
        if (body is { EnableDownload: false, EnableUpload: false })
            faults.Add("enableDownload", "required", "At least one direction must be enabled.");
        var (host, port) = SplitHost(faults, body.ServerHost);
        var request = new SpeedRunRequest(Host: host, Port: port, Name: body.ServerName is "" ? null : body.ServerName, Direction: direction);
        var wanted = RunRules.ToOptions(faults, request, options);
        if (faults.None)
            HostName.Check(faults, "serverHost", host);
        if (!faults.None || RunRules.ToServer(faults, request) is not { } server)
            return Problems.Invalid(faults);

        if (await runner.AddAsync(server, wanted, cancellationToken) is not { } queued)
            return SpeedTestsApi.QueueFull();
        var run = await runner.WhenOverAsync(queued.Id, cancellationToken);
        return run.Status == RunStatus.Completed
            ? TypedResults.Ok(new TestResult(
                run.Id, run.FinishedAt ?? run.CreatedAt, run.Server.Name, Mbps(run.Download), Mbps(run.Upload), ""))
            : new ProblemResult(
                StatusCodes.Status502BadGateway, run.Error?.Reason ?? "cancelled", run.Error?.Message ?? "The test was stopped.");
    }

    static Ok<SpeedUpdate> Status(SpeedTestRunner runner)
    {
        if (runner.Active is { } active)
        {
            var progress = runner.LastProgress is { } last && last.Id == active.Id ? last : null;
            return TypedResults.Ok(new SpeedUpdate(
                active.Phase == RunPhase.Upload ? "upload" : "download", active.Server.Name, (progress?.BitsPerSecond ?? 0) / 1e6,
                (progress?.Fraction ?? 0) * 100, false, false, "iperf3"));
        }

        return TypedResults.Ok(runner.LastEnded is { } ended
            ? new SpeedUpdate("complete", ended.Server.Name, Mbps(ended.Upload ?? ended.Download), 100, true, false, "iperf3")
            : new SpeedUpdate("", "", 0, 0, false, false));
    }

    static async Task<Results<Ok<HistoryPage>, ProblemResult>> HistoryAsync(
        string? timeRange, int? page, int? limit, SpeedRunStore store, ServerOptions options, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        var (number, most) = (page ?? 1, limit ?? options.HistoryLimit);
        faults.Range("page", number, 1, 1_000_000);
        faults.Range("limit", most, 1, options.HistoryMaxLimit);
        if (Since(timeRange ?? options.HistoryRange, time.GetUtcNow()) is not { } since)
        {
            since = default;
            faults.Add("timeRange", "unknown", "timeRange is 1d, 24h, 3d, 1w, week, 1m, month or all.");
        }

        if (!faults.None)
            return Problems.Invalid(faults);
        var (runs, total) = await store.PageAsync(since, (long)(number - 1) * most, most, cancellationToken);
        return TypedResults.Ok(new HistoryPage([.. runs.Select(ToEntry)], total, number, most));
    }

    static HistoryEntry ToEntry(SpeedRun run)
    {
        var host = HostName.WithPort(run.Server.Host, run.Server.Port);
        return new HistoryEntry(
            run.Id, run.Server.Name, $"iperf3-{host}", host, run.Provider, Mbps(run.Download), Mbps(run.Upload), false, run.CreatedAt);
    }

    static DateTimeOffset? Since(string range, DateTimeOffset now) => range switch
    {
        "1d" or "24h" => now.AddDays(-1),
        "3d" => now.AddDays(-3),
        "1w" or "week" => now.AddDays(-7),
        "1m" or "month" => now.AddMonths(-1),
        "all" => DateTimeOffset.UnixEpoch,
        _ => null,
    };

    // "iperf.example.net:5201", "192.0.2.1", "2001:db8::1", "[2001:db8::1]:5201"
    static (string? Host, int Port) SplitHost(FaultList faults, string? text)
    {
        const int DefaultPort = 5201;
        if (string.IsNullOrWhiteSpace(text) || IPAddress.TryParse(text, out _))
            return (text, DefaultPort);
        var colon = text.LastIndexOf(':');
        if (colon < 0)
            return (text, DefaultPort);
        if (!int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65_535)
            faults.Add("serverHost", "bad_port", "The port is a number from 1 to 65535.");
        return (text[..colon].Trim('[', ']'), port);
    }

    static double Mbps(RunResult? result) => (result?.BitsPerSecond ?? 0) / 1e6;
}
