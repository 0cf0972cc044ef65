using Netronome.Configuration;

namespace Netronome.Tests.Configuration;

public sealed class ConfigSecretsTests : IDisposable
{
    readonly ConfigFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> SecretVariables =>
        [.. ConfigKeys.All.Where(key => key.FileVariable is not null).Select(key => key.FileVariable!)];

    [Theory]
    [MemberData(nameof(SecretVariables))]
    public void Every_secret_can_stand_in_a_file_of_its_own(string variable)
    {
        folder[variable] = folder.Write("secret", "geheim\n");
        var reading = folder.Load();

        Assert.Empty(reading.Faults);
        var value = reading.Config.Values.Single(value => value.Key.FileVariable == variable);
        Assert.Equal(("geheim", "\"********\""), (value.Value, value.Shown));
        Assert.Equal($"{variable} ({folder.In("secret")})", value.Origin.ToString());
    }

    [Fact]
    public void The_secrets_of_the_contract_are_secrets() => Assert.Equal(
        [
            "agent.api_key", "database.password", "notifications.webhook_url", "oidc.client_secret", "session.session_secret", "tailscale.auth_key",
        ],
        ConfigKeys.All.Where(key => key.Secret).Select(key => key.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void A_secret_file_that_is_missing_or_empty_or_doubled_is_refused()
    {
        folder["NETRONOME__DB_PASSWORD_FILE"] = "gone";
        Assert.Equal($"NETRONOME__DB_PASSWORD_FILE: database.password names {folder.In("gone")}, which does not exist",
            Assert.Single(folder.Load().Faults).ToString());

        folder["NETRONOME__DB_PASSWORD_FILE"] = folder.Write("empty", "\n");
        Assert.Contains("which is empty", Assert.Single(folder.Load().Faults).ToString(), StringComparison.Ordinal);

        folder["NETRONOME__DB_PASSWORD_FILE"] = folder.Write("secret", "x");
        folder["NETRONOME__DB_PASSWORD"] = "y";
        Assert.Contains("only one of them can be meant", Assert.Single(folder.Load().Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_secret_has_no_file_variable()
    {
        folder["NETRONOME__PORT_FILE"] = "x";
        Assert.Contains("unknown variable", Assert.Single(folder.Load().Faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_that_everybody_can_read_are_noticed()
    {
        var path = folder.Write("config.toml", "[session]\nsession_secret = 'x'");
        Assert.Empty(folder.Load().Notices);

        ConfigFolder.SetMode(path, "644");
        Assert.Equal($"{path}: holds secrets that everybody can read (mode 644); run chmod o= on it", Assert.Single(folder.Load().Notices).ToString());
    }
}
