using System.Net;
using System.Text.Json.Nodes;
using Netronome.Probing.Throughput;
using Netronome.Server.SpeedTests;
using Netronome.Server.Tests.Live;

namespace Netronome.Server.Tests.SpeedTests;

public class SpeedTestsApiTests
{
    readonly SimulatedIperf3 _iperf = new();

    [Fact]
    public async Task A_test_runs_both_ways_tells_its_progress_and_keeps_its_result()
    {
        await using var server = await StartAsync();
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "runs");
        var saved = (await TestServer.ReadAsync(await client.PostAsync(
            "api/iperf/servers", TestServer.Json("""{"name":"Lab","host":"192.0.2.1","port":5201}"""))))["server"]!;
        using var answer = await client.PostAsync(
            "api/speed-tests", TestServer.Json($$"""{"serverId":{{saved["id"]}},"seconds":5,"streams":2,"omitSeconds":1}"""));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var run = await TestServer.ReadAsync(answer);
        Assert.Equal("queued", (string?)run["status"]);
        Assert.Equal($"/api/speed-tests/{run["id"]}", answer.Headers.Location?.ToString());

        var progress = await stream.NextAsync("progress");
        Assert.Equal(("download", 1000, 100_000_000.0), ((string?)progress.Data["phase"], (int)progress.Data["toMs"]!, (double)progress.Data["bitsPerSecond"]!));
        Assert.InRange((double)progress.Data["fraction"]!, 0.05, 0.1);
        _iperf.Finish();
        await stream.NextAsync("progress", data => (string?)data["phase"] == "upload");
        _iperf.Finish();
        await stream.NextAsync("run", data => (string?)data["status"] == "completed");

        var done = await RunAsync(client, 1);
        Assert.Equal(200_000_000, (double)done["download"]!["bitsPerSecond"]!);
        Assert.Equal((125_000_000, 125_000_000, 3), ((long)done["upload"]!["bytesSent"]!, (long)done["upload"]!["bytesReceived"]!, (long)done["upload"]!["retransmits"]!));
        Assert.Equal(["download", "upload"], done["intervals"]!.AsArray().Select(interval => (string?)interval!["phase"]));
        Assert.Equal("Lab", (string?)done["server"]!["name"]);
        Assert.Equal([TransferDirection.Download, TransferDirection.Upload], _iperf.Asked.Select(asked => asked.Direction));
        Assert.All(_iperf.Asked, asked => Assert.Equal((2, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1)), (asked.Streams, asked.Duration, asked.Omit)));

        var history = await TestServer.ReadAsync(await client.GetAsync("api/speedtest/history"));
        Assert.Equal(200, (double)history["data"]![0]!["downloadSpeed"]!);
        Assert.Equal("192.0.2.1:5201", (string?)history["data"]![0]!["serverHost"]);
    }

    [Fact]
    public async Task One_test_runs_at_a_time_the_oldest_first_and_not_endlessly_many_wait()
    {
        await using var server = await StartAsync();
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "runs");
        for (var number = 1; number <= 2; number++)
            await StartRunAsync(client, $"192.0.2.{number}");
        await stream.NextAsync("progress");
        Assert.Single(_iperf.Asked);
        Assert.Equal(("running", "queued"), ((string?)(await RunAsync(client, 1))["status"], (string?)(await RunAsync(client, 2))["status"]));

        _iperf.Finish();
        await stream.NextAsync("run", data => (int)data["id"]! == 2 && (string?)data["status"] == "running");
        Assert.Equal(["192.0.2.1", "192.0.2.2"], _iperf.Asked.Select(asked => asked.Host));

        var statuses = new List<HttpStatusCode>();
        for (var number = 0; number < 21; number++)
            statuses.Add(await StartRunAsync(client, "192.0.2.9"));
        Assert.Equal(20, statuses.Count(status => status == HttpStatusCode.Accepted));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }

    [Fact]
    public async Task A_running_and_a_waiting_test_can_be_stopped_and_a_finished_one_not()
    {
        await using var server = await StartAsync();
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "runs");
        await StartRunAsync(client, "192.0.2.1");
        await StartRunAsync(client, "192.0.2.2");
        await stream.NextAsync("progress");

        using var waiting = await client.PostAsync("api/speed-tests/2/cancel", TestServer.Json("{}"));
        Assert.Equal((HttpStatusCode.Accepted, "cancelled"), (waiting.StatusCode, (string?)(await TestServer.ReadAsync(waiting))["status"]));
        Assert.Equal(HttpStatusCode.Conflict, (await client.DeleteAsync("api/speed-tests/1")).StatusCode);
        using var running = await client.PostAsync("api/speed-tests/1/cancel", TestServer.Json("{}"));
        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        await stream.NextAsync("run", data => (int)data["id"]! == 1 && (string?)data["status"] == "cancelled");
        Assert.Single((await RunAsync(client, 1))["intervals"]!.AsArray());

        Assert.Equal(HttpStatusCode.Conflict, (await client.PostAsync("api/speed-tests/1/cancel", TestServer.Json("{}"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("api/speed-tests/9/cancel", TestServer.Json("{}"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("api/speed-tests/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("api/speed-tests/1")).StatusCode);
    }

    [Theory]
    [InlineData(ThroughputFailure.Busy, "busy")]
    [InlineData(ThroughputFailure.Refused, "refused")]
    [InlineData(ThroughputFailure.NameNotResolved, "nameNotResolved")]
    public async Task A_test_that_fails_keeps_its_reason(ThroughputFailure failure, string word)
    {
        _iperf.Outcome = _ => new Iperf3Result { Failure = failure, Message = "It went so." };
        await using var server = await StartAsync();
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "runs");
        await StartRunAsync(client, "192.0.2.1");
        _iperf.Finish();
        var run = await stream.NextAsync("run", data => (string?)data["status"] == "failed");

        Assert.Equal((word, "It went so."), ((string?)run.Data["error"]!["reason"], (string?)run.Data["error"]!["message"]));
        Assert.Null(run.Data["download"]);
    }

    [Fact]
    public async Task A_test_that_the_server_left_running_is_aborted_at_the_next_start_with_what_it_had()
    {
        await using var server = await StartAsync();
        using var client = await server.RegisterAsync();
        await using (var stream = await EventStream.OpenAsync(client, "runs"))
        {
            await StartRunAsync(client, "192.0.2.1");
            await stream.NextAsync("progress");
        }

        await server.RestartAsync();
        using var after = server.NewClient(client.DefaultRequestHeaders.Authorization!.Parameter);
        var run = await RunAsync(after, 1);
        Assert.Equal(("aborted", "serverStopped"), ((string?)run["status"], (string?)run["error"]!["reason"]));
        Assert.Single(run["intervals"]!.AsArray());
    }

    [Fact]
    public async Task A_test_that_a_killed_server_left_running_is_aborted_at_the_next_start()
    {
        await using var server = await StartAsync();
        using var client = await server.RegisterAsync();
        await using (var stream = await EventStream.OpenAsync(client, "runs"))
        {
            await StartRunAsync(client, "192.0.2.1");
            await stream.NextAsync("progress");
            _iperf.Finish();
            await stream.NextAsync("run", data => (string?)data["status"] == "completed");
        }

        // As the row stood a second before: kill -9 leaves it so.
        var store = server.Service<SpeedRunStore>();
        var run = (await store.FindAsync(1, CancellationToken.None))!;
        await store.SaveAsync(run with { Status = RunStatus.Running, Phase = RunPhase.Download, FinishedAt = null, Download = null }, CancellationToken.None);
        await server.RestartAsync();

        using var after = server.NewClient(client.DefaultRequestHeaders.Authorization!.Parameter);
        await Eventually.TrueAsync(async () => (string?)(await RunAsync(after, 1))["status"] == "aborted");
        var aborted = await RunAsync(after, 1);
        Assert.Equal("serverStopped", (string?)aborted["error"]!["reason"]);
        Assert.NotNull(aborted["finishedAt"]);
        Assert.Single(aborted["intervals"]!.AsArray());
    }

    [Theory]
    [InlineData("""{}""", "#/host")]
    [InlineData("""{"serverId":7}""", "#/serverId")]
    [InlineData("""{"serverId":7,"host":"a.example"}""", "#/serverId")]
    [InlineData("""{"host":"-c"}""", "#/host")]
    [InlineData("""{"host":"a.example","port":0}""", "#/port")]
    [InlineData("""{"host":"a.example","port":70000}""", "#/port")]
    [InlineData("""{"host":"a.example","seconds":0}""", "#/seconds")]
    [InlineData("""{"host":"a.example","streams":129}""", "#/streams")]
    [InlineData("""{"host":"a.example","omitSeconds":-1}""", "#/omitSeconds")]
    [InlineData("""{"host":"a.example","direction":"sideways"}""", "#/direction")]
    public async Task A_test_that_cannot_be_is_refused_with_its_place(string body, string pointer)
    {
        await using var server = await StartAsync();
        using var client = await server.RegisterAsync();
        using var answer = await client.PostAsync("api/speed-tests", TestServer.Json(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(pointer, (string?)(await TestServer.ReadAsync(answer))["errors"]![0]!["pointer"]);
    }

    [Fact]
    public async Task Tests_are_listed_newest_first_page_by_page()
    {
        await using var server = await StartAsync();
        using var client = await server.RegisterAsync();
        for (var number = 1; number <= 5; number++)
            await StartRunAsync(client, $"192.0.2.{number}");

        var first = await TestServer.ReadAsync(await client.GetAsync("api/speed-tests?limit=2"));
        var second = await TestServer.ReadAsync(await client.GetAsync($"api/speed-tests?limit=2&cursor={first["nextCursor"]}"));
        var third = await TestServer.ReadAsync(await client.GetAsync($"api/speed-tests?limit=2&cursor={second["nextCursor"]}"));
        Assert.Equal([5, 4, 3, 2, 1], new[] { first, second, third }.SelectMany(page => page["items"]!.AsArray()).Select(run => (int)run!["id"]!));
        Assert.Null(third["nextCursor"]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.GetAsync("api/speed-tests?cursor=x")).StatusCode);
    }

    [Fact]
    public async Task A_script_written_for_the_original_runs_a_test_and_reads_its_progress()
    {
        await using var server = await StartAsync();
        using var client = await server.RegisterAsync();
        Assert.Equal("""{"type":"","serverName":"","speed":0,"progress":0,"isComplete":false,"isScheduled":false}""", await client.GetStringAsync("api/speedtest/status"));
        Assert.Equal("[]", await client.GetStringAsync("api/servers?testType=iperf3"));
        await using var stream = await EventStream.OpenAsync(client, "runs");
        var waiting = client.PostAsync("api/speedtest", TestServer.Json(
            """{"enableDownload":true,"enableUpload":false,"enableJitter":true,"serverIds":[],"isScheduled":false,"useIperf":true,"useLibrespeed":false,"serverHost":"192.0.2.1:5202","serverName":"Mine","multiServer":false}"""));
        await stream.NextAsync("progress");
        var status = await TestServer.ReadAsync(await client.GetAsync("api/speedtest/status"));
        Assert.Equal(("download", 100.0), ((string?)status["type"], (double)status["speed"]!));
        _iperf.Finish();
        using var answer = await waiting;
        var result = await TestServer.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(("Mine", 100.0, 0.0), ((string?)result["server"], (double)result["downloadSpeed"]!, (double)result["uploadSpeed"]!));
        Assert.Equal(("192.0.2.1", 5202), (_iperf.Asked[0].Host, _iperf.Asked[0].Port));
        Assert.Equal("complete", (string?)(await TestServer.ReadAsync(await client.GetAsync("api/speedtest/status")))["type"]);
    }

    [Fact]
    public async Task Providers_that_are_not_there_are_named_as_such()
    {
        await using var server = await StartAsync();
        using var client = await server.RegisterAsync();
        using var answer = await client.PostAsync("api/speedtest", TestServer.Json("""{"useLibrespeed":true,"serverHost":"a.example"}"""));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("LibreSpeed", (string?)(await TestServer.ReadAsync(answer))["message"]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.GetAsync("api/servers?testType=speedtest")).StatusCode);
    }

    Task<TestServer> StartAsync() => TestServer.StartAsync(seams: new ServerSeams { Icmp = new SimulatedIcmp().ProbeAsync, Iperf3 = _iperf.RunAsync });

    static async Task<HttpStatusCode> StartRunAsync(HttpClient client, string host)
    {
        using var answer = await client.PostAsync("api/speed-tests", TestServer.Json($$"""{"host":"{{host}}","direction":"download"}"""));
        return answer.StatusCode;
    }

    static async Task<JsonNode> RunAsync(HttpClient client, int id) => await TestServer.ReadAsync(await client.GetAsync($"api/speed-tests/{id}"));
}
