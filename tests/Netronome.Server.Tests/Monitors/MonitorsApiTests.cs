using System.Net;
using System.Text.Json.Nodes;
using Netronome.Probing;
using Netronome.Server.Tests.Live;

namespace Netronome.Server.Tests.Monitors;

public class MonitorsApiTests
{
    [Fact]
    public async Task A_monitor_gets_its_defaults_and_its_name_from_its_target()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        using var answer = await client.PostAsync("api/monitors", TestServer.Json("""{"target":" 192.0.2.1 "}"""));
        var monitor = await TestServer.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/api/monitors/{monitor["id"]}", answer.Headers.Location?.ToString());
        Assert.Equal(
            ("192.0.2.1", "192.0.2.1", "5s", 1, 1000, 3000, 56, 0, "any", "icmp", true),
            ((string)monitor["name"]!, (string)monitor["target"]!, (string)monitor["every"]!, (int)monitor["packets"]!, (int)monitor["spacingMs"]!,
                (int)monitor["deadlineMs"]!, (int)monitor["sizeBytes"]!, (int)monitor["dscp"]!, (string)monitor["family"]!,
                (string)monitor["kind"]!, (bool)monitor["enabled"]!));
    }

    public static TheoryData<string, string> Bad => new()
    {
        { """{"target":"-c"}""", "#/target" },
        { """{"target":""}""", "#/target" },
        { """{}""", "#/target" },
        { """{"target":"a b"}""", "#/target" },
        { """{"target":"a;b"}""", "#/target" },
        { """{"target":"münchen.example"}""", "#/target" },
        { $$"""{"target":"{{new string('a', 300)}}"}""", "#/target" },
        { """{"target":"a.example","name":"a\u0007b"}""", "#/name" },
        { """{"target":"a.example","every":"abc"}""", "#/every" },
        { """{"target":"a.example","every":"-5s"}""", "#/every" },
        { """{"target":"a.example","every":"0"}""", "#/every" },
        { """{"target":"a.example","every":"10ms"}""", "#/every" },
        { """{"target":"a.example","every":"exact:25:00"}""", "#/every" },
        { """{"target":"a.example","every":"exact:12:00","zone":"Mars/Olympus"}""", "#/zone" },
        { """{"target":"a.example","packets":0}""", "#/packets" },
        { """{"target":"a.example","packets":1001}""", "#/packets" },
        { """{"target":"a.example","spacingMs":1}""", "#/spacingMs" },
        { """{"target":"a.example","deadlineMs":0}""", "#/deadlineMs" },
        { """{"target":"a.example","sizeBytes":70000}""", "#/sizeBytes" },
        { """{"target":"a.example","dscp":64}""", "#/dscp" },
        { """{"target":"a.example","source":"eth0"}""", "#/source" },
        { """{"target":"192.0.2.1","family":"ipv6"}""", "#/family" },
        { """{"target":"a.example","packets":10,"every":"5s"}""", "#/every" },
        { """{"target":"a.example","kind":"tcp"}""", "#/kind" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_cannot_be_measured_is_refused_with_its_place(string body, string pointer)
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        foreach (var (method, path) in new[] { ("POST", "api/monitors"), ("POST", "api/monitors/try"), ("PUT", "api/monitors/1") })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = TestServer.Json(body) };
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{method}: {text}");
            Assert.Equal(pointer, (string?)JsonNode.Parse(text)!["errors"]![0]!["pointer"]);
        }
    }

    [Fact]
    public async Task Every_fault_of_a_form_is_told_at_once()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        using var answer = await client.PostAsync("api/monitors", TestServer.Json("""{"target":"","every":"x","packets":0,"dscp":99}"""));
        var errors = (await TestServer.ReadAsync(answer))["errors"]!.AsArray();

        Assert.Equal(["#/target", "#/packets", "#/dscp", "#/every"], errors.Select(error => (string?)error!["pointer"]));
    }

    [Fact]
    public async Task Probes_are_heard_live_and_are_in_the_history_when_they_are_heard()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "monitor/1,monitors");
        var id = await AddAsync(client, """{"target":"192.0.2.1","every":"100ms"}""");

        var heard = await stream.NextAsync("probes");
        Assert.Equal(id, (long)heard.Data["monitor"]!);
        Assert.Equal(1000, (double)heard.Data["rttUs"]![0]!);
        Assert.Null(heard.Data["loss"]![0]);
        var history = await RttAsync(client, id);
        Assert.Equal("probes", (string?)history["resolution"]);
        Assert.Contains(history["t"]!.AsArray(), t => Math.Abs(EpochMs(history) + (double)t! - (double)heard.Data["t"]![0]!) < 1);
        Assert.Equal(0, (double)history["summary"]!["lossRatio"]!);
        Assert.Equal(1, (double)history["summary"]!["rttMs"]!["p50"]!);

        await stream.NextAsync("probes");
        var monitor = await TestServer.ReadAsync(await client.GetAsync($"api/monitors/{id}"));
        Assert.Equal("measuring", (string?)monitor["state"]!["status"]);
        Assert.Equal("192.0.2.1", (string?)monitor["state"]!["address"]);
    }

    [Fact]
    public async Task Lost_probes_are_lost_and_those_never_sent_are_not()
    {
        var icmp = new SimulatedIcmp
        {
            Answer = (_, sequence) => new ProbeResult
            {
                Sequence = sequence, SentAt = default, RttNanoseconds = 2_000_000,
                Loss = (sequence % 4) switch { 1 => Loss.Timeout, 2 => Loss.SendFailed, _ => Loss.None },
            },
        };
        await using var server = await TestServer.StartAsync(seams: new ServerSeams { Icmp = icmp.ProbeAsync });
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "monitor/*");
        var id = await AddAsync(client, """{"target":"192.0.2.1","every":"100ms"}""");
        await stream.NextAsync("probes", data => data["loss"]!.AsArray().Any(loss => (string?)loss == "sendFailed"));

        var history = await RttAsync(client, id);
        var (sent, lost, notSent) = ((int)history["summary"]!["sent"]!, (int)history["summary"]!["lost"]!, (int)history["summary"]!["notSent"]!);
        Assert.True(lost >= 1 && notSent >= 1 && sent > lost);
        Assert.Equal((double)lost / sent, (double)history["summary"]!["lossRatio"]!, 6);
        Assert.Equal(lost, (int)history["summary"]!["lossReasons"]!["timeout"]!);
        Assert.Equal(notSent, (int)history["summary"]!["lossReasons"]!["sendFailed"]!);
        Assert.Equal(sent, history["sent"]!.AsArray().Sum(count => (int)count!));
    }

    [Fact]
    public async Task No_permission_is_a_state_with_its_cure_and_never_packet_loss()
    {
        var icmp = new SimulatedIcmp { Refusal = new ProbingException(ProbingFailure.NoPermission, "Grant it so and so.") };
        await using var server = await TestServer.StartAsync(seams: new ServerSeams { Icmp = icmp.ProbeAsync });
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "monitors,monitor/*");
        var id = await AddAsync(client, """{"target":"192.0.2.1","every":"100ms"}""");

        var state = await stream.NextAsync("state", data => (string?)data["state"]!["status"] == "noPermission");
        Assert.Equal("Grant it so and so.", (string?)state.Data["state"]!["reason"]);
        var heard = await stream.NextAsync("probes");
        Assert.Equal("noPermission", (string?)heard.Data["loss"]![0]);
        var history = await RttAsync(client, id);
        Assert.Equal(0, (int)history["summary"]!["sent"]!);
        Assert.Null(history["summary"]!["lossRatio"]);

        icmp.Refusal = null;
        await stream.NextAsync("state", data => (string?)data["state"]!["status"] == "measuring");
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_a_state_and_no_loss_and_measuring_begins_when_it_does()
    {
        IPAddress[] known = [];
        await using var server = await TestServer.StartAsync(seams: new ServerSeams
        {
            Icmp = new SimulatedIcmp().ProbeAsync,
            Resolve = (_, _, _) => Task.FromResult(Volatile.Read(ref known)),
        });
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "monitors,monitor/*");
        var id = await AddAsync(client, """{"target":"gateway.example","every":"200ms"}""");

        await stream.NextAsync("state", data => (string?)data["state"]!["status"] == "nameNotResolved");
        await stream.NextAsync("probes", data => (string?)data["loss"]![0] == "nameNotResolved");
        Assert.Equal(0, (int)(await RttAsync(client, id))["summary"]!["lost"]!);

        Volatile.Write(ref known, [IPAddress.Parse("192.0.2.7")]);
        var state = await stream.NextAsync("state", data => (string?)data["state"]!["status"] == "measuring");
        Assert.Equal("192.0.2.7", (string?)state.Data["state"]!["address"]);
    }

    [Fact]
    public async Task A_changed_definition_is_followed_at_once_and_a_paused_monitor_sends_nothing()
    {
        var icmp = new SimulatedIcmp();
        await using var server = await TestServer.StartAsync(seams: new ServerSeams { Icmp = icmp.ProbeAsync });
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "monitors,monitor/*");
        var id = await AddAsync(client, """{"target":"192.0.2.1","every":"100ms"}""");
        await stream.NextAsync("probes");

        using var changed = await client.PutAsync($"api/monitors/{id}", TestServer.Json("""{"target":"192.0.2.2","every":"200ms","sizeBytes":100,"dscp":46}"""));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        await stream.NextAsync("state", data => (string?)data["state"]!["address"] == "192.0.2.2");
        Assert.Equal((100, (byte)46, TimeSpan.FromMilliseconds(200)), (icmp.LastOptions!.PayloadBytes, icmp.LastOptions.Dscp, icmp.LastOptions.Interval));

        var paused = await TestServer.ReadAsync(await client.PostAsync($"api/monitors/{id}/pause", TestServer.Json("{}")));
        Assert.Equal("paused", (string?)paused["state"]!["status"]);
        Assert.False((bool)paused["enabled"]!);
        await stream.NextAsync("state", data => (string?)data["state"]!["status"] == "paused");
        var runs = icmp.Runs;

        var resumed = await TestServer.ReadAsync(await client.PostAsync($"api/monitors/{id}/resume", TestServer.Json("{}")));
        Assert.Equal("waiting", (string?)resumed["state"]!["status"]);
        await stream.NextAsync("state", data => (string?)data["state"]!["status"] == "measuring");
        Assert.Equal(runs + 1, icmp.Runs);
    }

    [Fact]
    public async Task A_burst_is_sent_by_the_schedule_as_often_and_as_close_as_asked()
    {
        var icmp = new SimulatedIcmp();
        await using var server = await TestServer.StartAsync(seams: new ServerSeams { Icmp = icmp.ProbeAsync });
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "monitors,monitor/*");
        await AddAsync(client, """{"target":"192.0.2.1","every":"500ms","packets":5,"spacingMs":10,"deadlineMs":100}""");
        for (var probes = 0; probes < 10;)
            probes += (await stream.NextAsync("probes")).Data["t"]!.AsArray().Count;

        Assert.Equal((5, TimeSpan.FromMilliseconds(10)), (icmp.LastOptions!.Count, icmp.LastOptions.Interval));
        Assert.True(icmp.Runs >= 2);
        var monitor = await TestServer.ReadAsync(await client.GetAsync("api/monitors/1"));
        Assert.NotNull((string?)monitor["state"]!["nextRunAt"]);
    }

    [Fact]
    public async Task History_outlives_a_restart_and_the_gap_says_that_the_server_was_away()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        await using (var stream = await EventStream.OpenAsync(client, "monitor/*"))
        {
            await AddAsync(client, """{"target":"192.0.2.1","every":"100ms","deadlineMs":10}""");
            await stream.NextAsync("probes");
        }

        await server.Host.DisposeAsync();
        using (var pause = new PeriodicTimer(TimeSpan.FromSeconds(4)))
            await pause.WaitForNextTickAsync();
        await server.RestartAsync();
        using var after = server.NewClient(client.DefaultRequestHeaders.Authorization!.Parameter);
        await using var live = await EventStream.OpenAsync(after, "monitor/*");
        await live.NextAsync("probes");

        var history = await RttAsync(after, 1);
        var gap = Assert.Single(history["gaps"]!.AsArray())!;
        Assert.Equal("serverRestarted", (string?)gap["reason"]);
        Assert.InRange((double)history["summary"]!["measuredRatio"]!, 0.01, 0.9);
    }

    [Fact]
    public async Task A_deleted_monitor_is_gone_with_all_it_measured()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "monitors,monitor/*");
        var id = await AddAsync(client, """{"target":"192.0.2.1","every":"100ms"}""");
        await stream.NextAsync("probes");

        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"api/monitors/{id}")).StatusCode);
        await stream.NextAsync("removed", data => (long)data["id"]! == id);
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync($"api/monitors/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"api/monitors/{id}/rtt")).StatusCode);
        Assert.Empty((await TestServer.ReadAsync(await client.GetAsync("api/monitors")))["items"]!.AsArray());
        Assert.NotEqual(id, await AddAsync(client, """{"target":"192.0.2.1"}"""));
    }

    [Fact]
    public async Task The_beat_board_has_one_strip_of_equal_columns_per_monitor()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "monitor/2");
        await AddAsync(client, """{"target":"192.0.2.1","enabled":false}""");
        await AddAsync(client, """{"target":"192.0.2.2","every":"100ms"}""");
        await stream.NextAsync("probes");

        var board = await TestServer.ReadAsync(await client.GetAsync("api/monitors/beats?slots=96"));
        var items = board["items"]!.AsArray();
        Assert.Equal(2, items.Count);
        Assert.All(items, item => Assert.Equal(items[0]!["sent"]!.AsArray().Count, item!["p50Us"]!.AsArray().Count));
        Assert.Null(items[0]!["p50Ms"]);
        Assert.Equal(0, (int)items[0]!["totalSent"]!);
        Assert.Equal(1, (double)items[1]!["p50Ms"]!, 1);
        Assert.True((double)board["stepMs"]! > 0);
    }

    [Fact]
    public async Task Trying_a_monitor_sends_a_few_probes_and_saves_nothing()
    {
        await using var server = await TestServer.StartAsync(seams: new ServerSeams
        {
            Icmp = new SimulatedIcmp().ProbeAsync,
            Resolve = (name, _, _) => Task.FromResult<IPAddress[]>(name == "known.example" ? [IPAddress.Parse("192.0.2.9")] : []),
        });
        using var client = await server.RegisterAsync();
        var good = await TestServer.ReadAsync(await client.PostAsync("api/monitors/try", TestServer.Json("""{"target":"known.example"}""")));
        Assert.Equal(("192.0.2.9", 5, 5), ((string?)good["address"], (int)good["sent"]!, (int)good["received"]!));
        Assert.All(good["results"]!.AsArray(), result => Assert.Equal(1000, (double)result!["rttUs"]!));

        var bad = await TestServer.ReadAsync(await client.PostAsync("api/monitors/try", TestServer.Json("""{"target":"unknown.example"}""")));
        Assert.Equal(0, (int)bad["sent"]!);
        Assert.Contains("unknown.example", (string?)bad["error"]);
        Assert.Empty((await TestServer.ReadAsync(await client.GetAsync("api/monitors")))["items"]!.AsArray());
    }

    [Fact]
    public async Task The_kernel_s_own_ICMP_measures_the_loopback()
    {
        await using var server = await TestServer.StartAsync(seams: new ServerSeams());
        using var client = await server.RegisterAsync();
        await using var stream = await EventStream.OpenAsync(client, "monitor/*,monitors");
        await AddAsync(client, """{"target":"127.0.0.1","every":"100ms"}""");
        var heard = await stream.NextAsync("probes", data => data["rttUs"]![0] is not null);

        Assert.InRange((double)heard.Data["rttUs"]![0]!, 0.1, 100_000);
    }

    static async Task<long> AddAsync(HttpClient client, string body)
    {
        using var answer = await client.PostAsync("api/monitors", TestServer.Json(body));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (long)(await TestServer.ReadAsync(answer))["id"]!;
    }

    static async Task<JsonNode> RttAsync(HttpClient client, long id) =>
        await TestServer.ReadAsync(await client.GetAsync($"api/monitors/{id}/rtt?columns=600"));

    static double EpochMs(JsonNode history) =>
        (DateTimeOffset.Parse((string)history["from"]!) - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
