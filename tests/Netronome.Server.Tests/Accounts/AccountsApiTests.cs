using System.Net;
using Netronome.Server.Accounts;
using Netronome.TestLab;

namespace Netronome.Server.Tests.Accounts;

public class AccountsApiTests
{
    [Fact]
    public async Task The_first_user_registers_and_then_registration_is_closed()
    {
        await using var server = await TestServer.StartAsync();
        Assert.False((bool)(await TestServer.ReadAsync(await server.Client.GetAsync("api/auth/status")))["hasUsers"]!);

        using var client = await server.RegisterAsync();
        Assert.Equal("anna", (string?)(await TestServer.ReadAsync(await client.GetAsync("api/auth/user")))["user"]!["username"]);
        Assert.True((bool)(await TestServer.ReadAsync(await server.Client.GetAsync("api/auth/status")))["hasUsers"]!);

        using var second = await server.Client.PostAsync("api/auth/register", TestServer.Json("""{"username":"eve","password":"long enough"}"""));
        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
        Assert.Equal("registration_closed", (string?)(await TestServer.ReadAsync(second))["error"]);
    }

    [Fact]
    public async Task Of_many_who_register_at_once_exactly_one_becomes_the_user()
    {
        await using var server = await TestServer.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => server.Client.PostAsync(
            "api/auth/register", TestServer.Json($$"""{"username":"user{{number}}","password":"long enough"}"""))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.Created or HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData("""{"username":"","password":"long enough"}""", "#/username")]
    [InlineData("""{"username":"-c","password":"long enough"}""", "#/username")]
    [InlineData("""{"username":"a b","password":"long enough"}""", "#/username")]
    [InlineData("""{"username":"anna","password":"short"}""", "#/password")]
    [InlineData("""{"password":"long enough"}""", "#/username")]
    [InlineData("""{"username":null,"password":null}""", "#/username")]
    public async Task A_bad_name_or_password_is_refused_with_its_place(string body, string pointer)
    {
        await using var server = await TestServer.StartAsync();
        using var answer = await server.Client.PostAsync("api/auth/register", TestServer.Json(body));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(pointer, (string?)(await TestServer.ReadAsync(answer))["errors"]![0]!["pointer"]);
    }

    [Fact]
    public async Task Login_answers_as_the_contract_says_and_its_token_works_in_the_cookie_and_as_bearer()
    {
        await using var server = await TestServer.StartAsync();
        using var registered = await server.RegisterAsync();
        using var answer = await server.Client.PostAsync(
            "api/auth/login", TestServer.Json($$"""{"username":"ANNA","password":"{{TestServer.Password}}"}"""));
        var body = await TestServer.ReadAsync(answer);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("Bearer", (string?)body["token_type"]);
        Assert.Matches("^[0-9a-f]{64}$", (string?)body["access_token"]);
        Assert.True((long)body["expires_in"]! > 0);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/;", cookie + ";", StringComparison.OrdinalIgnoreCase);

        using var byCookie = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "api/auth/verify"));
        byCookie.Headers.Add("Cookie", $"{SessionCookie.Name}={TestServer.TokenOf(answer)}");
        Assert.Equal("session", (string?)(await TestServer.ReadAsync(await server.Client.SendAsync(byCookie)))["type"]);
        using var byBearer = server.NewClient((string?)body["access_token"]);
        Assert.Equal(HttpStatusCode.OK, (await byBearer.GetAsync("api/auth/verify")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_user_get_the_same_answer_and_no_session()
    {
        await using var server = await TestServer.StartAsync();
        using var registered = await server.RegisterAsync();
        using var wrong = await server.Client.PostAsync("api/auth/login", TestServer.Json("""{"username":"anna","password":"wrong wrong"}"""));
        using var unknown = await server.Client.PostAsync("api/auth/login", TestServer.Json("""{"username":"bert","password":"wrong wrong"}"""));

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("Invalid credentials", (string?)(await TestServer.ReadAsync(wrong))["message"]);
        Assert.Equal(WithoutTrace(await TestServer.ReadAsync(wrong)), WithoutTrace(await TestServer.ReadAsync(unknown)));
        Assert.False(unknown.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task After_a_few_of_a_thousand_wrong_logins_the_rest_wait()
    {
        await using var server = await TestServer.StartAsync();
        using var registered = await server.RegisterAsync();
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            using var answer = await server.Client.PostAsync(
                "api/auth/login", TestServer.Json($$"""{"username":"anna","password":"guess {{attempt}}"}"""));
            statuses.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        Assert.Equal(5, statuses.Count(status => status == HttpStatusCode.Unauthorized));
        Assert.Equal(995, statuses.Count(status => status == HttpStatusCode.TooManyRequests));
        // Who is logged in already notices nothing.
        Assert.Equal(HttpStatusCode.OK, (await registered.GetAsync("api/auth/user")).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("deadbeef")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("' OR 1=1 --' OR 1=1 --' OR 1=1 --' OR 1=1 --' OR 1=1 --' OR 1=1 -")]
    public async Task A_forged_cookie_is_no_login(string token)
    {
        await using var server = await TestServer.StartAsync();
        using var registered = await server.RegisterAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "api/monitors"));
        request.Headers.TryAddWithoutValidation("Cookie", $"{SessionCookie.Name}={token}");
        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("unauthorized", (string?)(await TestServer.ReadAsync(answer))["error"]);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_stolen_cookie_is_dead_as_soon_as_its_session_is_ended()
    {
        await using var server = await TestServer.StartAsync();
        using var thief = await server.RegisterAsync();
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("api/auth/user")).StatusCode);
        using var owner = await server.LoginAsync();

        var sessions = (await TestServer.ReadAsync(await owner.GetAsync("api/auth/sessions")))["items"]!.AsArray();
        Assert.Equal(2, sessions.Count);
        var other = sessions.Single(session => !(bool)session!["current"]!)!;
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync($"api/auth/sessions/{other["id"]}")).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await thief.GetAsync("api/auth/user")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("api/auth/user")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.DeleteAsync("api/auth/sessions/nothing")).StatusCode);
    }

    [Fact]
    public async Task Logging_out_ends_the_session_and_removes_the_cookie_under_the_base_path()
    {
        await using var server = await TestServer.StartAsync(options => options with { BaseUrl = "/net/work/" });
        using var client = await server.RegisterAsync();
        using var answer = await client.PostAsync("net/work/api/auth/logout", TestServer.Json("{}"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("path=/net/work", answer.Headers.GetValues("Set-Cookie").Single());
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("api/auth/verify")).StatusCode);
    }

    [Fact]
    public async Task A_login_replaces_the_session_that_the_browser_had()
    {
        await using var server = await TestServer.StartAsync();
        using var before = await server.RegisterAsync();
        using var answer = await before.PostAsync(
            "api/auth/login", TestServer.Json($$"""{"username":"anna","password":"{{TestServer.Password}}"}"""));
        using var after = server.NewClient(TestServer.TokenOf(answer));

        Assert.Equal(HttpStatusCode.Unauthorized, (await before.GetAsync("api/auth/user")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await after.GetAsync("api/auth/user")).StatusCode);
    }

    [Fact]
    public async Task Sessions_end_when_unused_and_in_any_case_after_thirty_days()
    {
        var time = new ManualTime(DateTimeOffset.Parse("2026-11-01T00:00:00Z"));
        await using var server = await TestServer.StartAsync(seams: new ServerSeams { Time = time, Icmp = new SimulatedIcmp(time).ProbeAsync });
        using var idle = await server.RegisterAsync();
        using var busy = await server.LoginAsync();

        for (var hour = 0; hour < 30 * 24 - 1; hour += 6)
        {
            time.Jump(TimeSpan.FromHours(6));
            Assert.Equal(hour < 30 * 24 - 6 ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, (await busy.GetAsync("api/auth/user")).StatusCode);
            if (hour == 6)
                Assert.Equal(HttpStatusCode.Unauthorized, (await idle.GetAsync("api/auth/user")).StatusCode);
        }
    }

    [Fact]
    public async Task Changing_the_password_ends_all_other_sessions()
    {
        await using var server = await TestServer.StartAsync();
        using var other = await server.RegisterAsync();
        using var client = await server.LoginAsync();

        using var wrong = await client.PostAsync("api/auth/password", TestServer.Json("""{"current":"not this one","next":"a new password"}"""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var changed = await client.PostAsync(
            "api/auth/password", TestServer.Json($$"""{"current":"{{TestServer.Password}}","next":"a new password"}"""));

        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("api/auth/user")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("api/auth/user")).StatusCode);
        using var login = await server.Client.PostAsync("api/auth/login", TestServer.Json("""{"username":"anna","password":"a new password"}"""));
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
    }

    [Fact]
    public async Task A_hash_of_older_parameters_is_renewed_at_the_next_login()
    {
        await using var server = await TestServer.StartAsync();
        using var registered = await server.RegisterAsync();
        var users = server.Service<UserStore>();
        var user = (await users.FindAsync("anna", CancellationToken.None))!;
        var hash = Convert.ToBase64String(Convert.FromHexString("867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"));
        await users.SetPasswordAsync(user.Id, $"$pbkdf2-sha512$i=1${Convert.ToBase64String("salt"u8)}${hash}", CancellationToken.None);

        using var login = await server.Client.PostAsync("api/auth/login", TestServer.Json("""{"username":"anna","password":"password"}"""));

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        Assert.False(PasswordHash.IsOutdated((await users.FindAsync("anna", CancellationToken.None))!.PasswordHash));
    }

    [Fact]
    public async Task No_password_and_no_token_is_in_the_database()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        var token = client.DefaultRequestHeaders.Authorization!.Parameter!;
        await server.Host.DisposeAsync();

        var bytes = await File.ReadAllBytesAsync(server.Options.SqlitePath);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(token)));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Convert.FromHexString(token)));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(TestServer.Password)));
    }

    static string WithoutTrace(System.Text.Json.Nodes.JsonNode problem)
    {
        problem.AsObject().Remove("traceId");
        return problem.ToJsonString();
    }
}
