using System.Net;
using Netronome.Server.Accounts;

namespace Netronome.Server.Tests.Accounts;

public class AccountCommandsTests
{
    [Fact]
    public async Task The_first_user_can_be_made_and_given_another_password_while_no_server_runs()
    {
        var options = TestServer.NewOptions();
        Assert.Null((await AccountCommands.CreateUserAsync(options, "anna", "first password", CancellationToken.None)).Fault);
        Assert.NotNull((await AccountCommands.CreateUserAsync(options, "eve", "other password", CancellationToken.None)).Fault);
        Assert.NotNull((await AccountCommands.ChangePasswordAsync(options, "eve", "other password", CancellationToken.None)).Fault);
        Assert.NotNull((await AccountCommands.ChangePasswordAsync(options, "anna", "short", CancellationToken.None)).Fault);
        Assert.Null((await AccountCommands.ChangePasswordAsync(options, "anna", "second password", CancellationToken.None)).Fault);

        await using var server = await TestServer.StartAsync(_ => options);
        using var before = await server.Client.PostAsync("api/auth/login", TestServer.Json("""{"username":"anna","password":"first password"}"""));
        using var after = await server.Client.PostAsync("api/auth/login", TestServer.Json("""{"username":"anna","password":"second password"}"""));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task Changing_the_password_ends_every_session()
    {
        await using var server = await TestServer.StartAsync();
        using var client = await server.RegisterAsync();
        var token = client.DefaultRequestHeaders.Authorization!.Parameter!;
        await server.Host.DisposeAsync();
        Assert.Null((await AccountCommands.ChangePasswordAsync(server.Options, "anna", "second password", CancellationToken.None)).Fault);
        await server.RestartAsync();

        using var again = server.NewClient(token);
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.GetAsync("api/auth/user")).StatusCode);
    }

    [Fact]
    public async Task While_a_server_holds_the_database_the_command_says_so()
    {
        await using var server = await TestServer.StartAsync();
        var result = await AccountCommands.CreateUserAsync(server.Options, "anna", "some password", CancellationToken.None);

        Assert.True(result.IsDatabaseFault);
        Assert.Contains("server", result.Fault);
    }
}
