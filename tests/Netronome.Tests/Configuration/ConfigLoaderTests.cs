using Netronome.Configuration;

namespace Netronome.Tests.Configuration;

public sealed class ConfigLoaderTests : IDisposable
{
    readonly ConfigFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Nothing_given_is_every_default()
    {
        var reading = folder.Load();

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Notices);
        Assert.Null(reading.Config.File);
        Assert.Equal(("127.0.0.1", 7575, "sqlite"),
            (reading.Config.Get(ConfigKeys.ServerHost), reading.Config.Get(ConfigKeys.ServerPort), reading.Config.Get(ConfigKeys.DatabaseType)));
        Assert.Equal(folder.In("netronome.db"), reading.Config.SqlitePath);
    }

    [Fact]
    public void A_variable_beats_the_file_and_the_file_beats_the_default()
    {
        folder["NETRONOME__PORT"] = "8000";
        var reading = folder.LoadText("[server]\nport = 9000\nhost = \"::1\"");

        Assert.Empty(reading.Faults);
        Assert.Equal(8000, reading.Config.Get(ConfigKeys.ServerPort));
        Assert.Equal("::1", reading.Config.Get(ConfigKeys.ServerHost));
        var origins = reading.Config.Values.ToDictionary(value => value.Key.Path, value => value.Origin.ToString());
        Assert.Equal("NETRONOME__PORT", origins["server.port"]);
        Assert.Equal($"{folder.In("config.toml")}:3", origins["server.host"]);
        Assert.Equal("default", origins["server.base_url"]);
    }

    [Fact]
    public void The_first_of_the_usual_places_wins()
    {
        folder.Write("config.toml", "[server]\nport = 3");
        Assert.Equal(3, folder.Load().Config.Get(ConfigKeys.ServerPort));
        folder["XDG_CONFIG_HOME"] = folder.In("xdg");
        folder.Write("xdg/netronome/config.toml", "[server]\nport = 2");
        Assert.Equal(2, folder.Load().Config.Get(ConfigKeys.ServerPort));
        folder.Write("home/.config/netronome/config.toml", "[server]\nport = 1");
        Assert.Equal(1, folder.Load().Config.Get(ConfigKeys.ServerPort));
        Assert.Equal(3, folder.Load("config.toml").Config.Get(ConfigKeys.ServerPort));
    }

    [Fact]
    public void A_file_that_does_not_parse_is_refused_and_not_passed_over()
    {
        folder.Write("config.toml", "[server]\nport = 3");
        var broken = folder.Write("home/.config/netronome/config.toml", "[server]\nport = \n");

        Assert.Equal($"{broken}:2:8: a value is missing", Assert.Single(folder.Load().Faults).ToString());
    }

    [Fact]
    public void A_file_that_was_named_must_be_there()
    {
        Assert.Equal($"{folder.In("gone.toml")}: does not exist", Assert.Single(folder.Load("gone.toml").Faults).ToString());
        Assert.Equal($"{folder.Path}: is a folder", Assert.Single(folder.Load(".").Faults).ToString());
    }

    [Fact]
    public void A_file_of_unlikely_size_is_refused() =>
        Assert.Contains("is larger than 1MiB", Assert.Single(folder.LoadText(new string('#', 2 << 20)).Faults).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("[server]\nprot = 1", "2:1: server.prot is an unknown key; did you mean server.port?")]
    [InlineData("[sever]\nport = 1", "1:2: sever is an unknown section; did you mean server?")]
    [InlineData("[speedtest.iprf]\ntimeout = 1", "1:12: speedtest.iprf is an unknown section; did you mean speedtest.iperf?")]
    [InlineData("[server]\nsession_secret = 'x'", "2:1: server.session_secret is an unknown key; did you mean session.session_secret?")]
    [InlineData("zzzzzzzz = 1", "1:1: zzzzzzzz is an unknown key")]
    [InlineData("server = 1", "1:1: server is an integer, but server is a section; write [server]")]
    [InlineData("[[server]]\nport = 1", "1:3: server is an array, but server is a section; write [server]")]
    [InlineData("[server]\nport = \"7575\"", "2:1: server.port = \"7575\" is a string; an integer without quotes is needed")]
    [InlineData("[server]\nport = 70000", "2:8: server.port = 70000 is above 65535")]
    [InlineData("[server]\nport = 0", "2:8: server.port = 0 is below 1")]
    [InlineData("[server]\nport = 7575.0", "2:1: server.port = 7575.0 is a float; an integer without quotes is needed")]
    [InlineData("[server]\nhost = ''", "2:8: server.host = \"\" is not a host name or IP address")]
    [InlineData("[server]\nhost = '-c x;y'", "2:8: server.host = \"-c x;y\" is not a host name or IP address")]
    [InlineData("[server]\nbase_url = '/a/../b'", "2:12: server.base_url = \"/a/../b\" is not a path; write for example / or /netronome")]
    [InlineData("[server]\ntimezone = 'Europe/Olso'", "2:12: server.timezone = \"Europe/Olso\" is not a time zone this machine knows; write for example Europe/Oslo or UTC")]
    [InlineData("[logging]\nlevel = 'inf'", "2:9: logging.level = \"inf\" is none of trace, debug, info, warn, warning, error, fatal, panic; did you mean info?")]
    [InlineData("[packetloss]\nenabled = 'true'", "2:1: packetloss.enabled = \"true\" is a string; true or false without quotes is needed")]
    [InlineData("[auth]\nwhitelist = '10.0.0.0/8'", "2:1: auth.whitelist = \"10.0.0.0/8\" is a string; an array of strings is needed")]
    [InlineData("[auth]\nwhitelist = ['10.0.0.1']", "2:13: auth.whitelist = [\"10.0.0.1\"] holds '10.0.0.1', which is an address; write 10.0.0.1/32 for this one alone")]
    [InlineData("[auth]\nwhitelist = ['10.0.0.0/33']", "2:13: auth.whitelist = [\"10.0.0.0/33\"] holds '10.0.0.0/33', whose prefix length is not 0…32")]
    [InlineData("[monitor]\nreconnect_interval = 'abc'", "2:22: monitor.reconnect_interval = \"abc\" is not a duration; write for example 30s, 5m, 1h30m, 7d or 2w")]
    [InlineData("[tailscale]\ndiscovery_interval = '-5s'", "2:22: tailscale.discovery_interval = \"-5s\" has a sign; a duration is always positive")]
    [InlineData("[series]\nraw_max_size = '4 GiBs'", "2:16: series.raw_max_size = \"4 GiBs\" is not a size; write for example 500MiB or 4GiB")]
    [InlineData("[database]\npassword = 5", "2:1: database.password is an integer; a string in quotes is needed")]
    public void A_fault_in_the_file_is_told_with_its_place_key_value_and_reason(string toml, string expected)
    {
        var reading = folder.LoadText(toml);

        Assert.Equal($"{folder.In("config.toml")}:{expected}", Assert.Single(reading.Faults).ToString());
    }

    [Theory]
    [InlineData("PORT", "abc", "NETRONOME__PORT: server.port = \"abc\" is not a whole number")]
    [InlineData("PORT", "99999999999999999999", "NETRONOME__PORT: server.port = \"99999999999999999999\" is not a whole number")]
    [InlineData("PROT", "1", "NETRONOME__PROT is an unknown variable; did you mean NETRONOME__PORT?")]
    [InlineData("DB_PASWORD", "geheim", "NETRONOME__DB_PASWORD is an unknown variable; did you mean NETRONOME__DB_PASSWORD?")]
    [InlineData("PACKETLOSS_ENABLED", "yes", "NETRONOME__PACKETLOSS_ENABLED: packetloss.enabled = \"yes\" is not a boolean; write true or false")]
    [InlineData("AUTH_WHITELIST", "nonsense", "NETRONOME__AUTH_WHITELIST: auth.whitelist = \"nonsense\" holds 'nonsense', which is not a network; write for example 192.168.1.0/24")]
    public void A_fault_in_a_variable_is_told_with_its_name(string variable, string value, string expected)
    {
        folder["NETRONOME__" + variable] = value;

        var fault = Assert.Single(folder.Load().Faults);
        Assert.Equal(expected, fault.ToString());
        Assert.DoesNotContain("geheim", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once_in_the_order_of_the_file()
    {
        folder["NETRONOME__DB_TYPE"] = "mysql";
        var reading = folder.LoadText("[server]\nport = 0\nprot = 1\n[logging\nlevel = 'x'\n[auth]\nwhitelist = 5\n");

        Assert.Equal([2, 3, 4, 7, null], reading.Faults.Select(fault => fault.Line));
    }

    [Fact]
    public void Lists_and_booleans_of_variables_have_the_originals_forms()
    {
        folder["NETRONOME__AUTH_WHITELIST"] = "10.1.2.3/8, ::1/128";
        folder["NETRONOME__OIDC_SCOPES"] = "openid profile,email";
        folder["NETRONOME__AGENT_DISK_INCLUDES"] = " /mnt/a , /mnt/b ";
        folder["NETRONOME__MONITOR_ENABLED"] = "F";
        folder["NETRONOME__TAILSCALE_ENABLED"] = "1";
        folder["NETRONOME__LOG_LEVEL"] = "DEBUG";
        folder["NETRONOME__BASE_URL"] = "\"/net/\"";
        var reading = folder.Load();

        Assert.Empty(reading.Faults);
        var shown = reading.Config.Values.ToDictionary(value => value.Key.Path, value => value.Shown);
        Assert.Equal("[\"10.0.0.0/8\", \"::1/128\"]", shown["auth.whitelist"]);
        Assert.Equal("[\"openid\", \"profile\", \"email\"]", shown["oidc.scopes"]);
        Assert.Equal("[\"/mnt/a\", \"/mnt/b\"]", shown["agent.disk_includes"]);
        Assert.Equal(("false", "true"), (shown["monitor.enabled"], shown["tailscale.enabled"]));
        Assert.Equal(("\"debug\"", "\"/net\""), (shown["logging.level"], shown["server.base_url"]));
    }

    [Fact]
    public void An_empty_variable_counts_as_not_set_except_where_it_clears()
    {
        folder["NETRONOME__PORT"] = "";
        folder["NETRONOME__TAILSCALE_AUTH_KEY"] = "";
        var reading = folder.LoadText("[server]\nport = 9000\n[tailscale]\nauth_key = 'k'");

        Assert.Empty(reading.Faults);
        Assert.Equal(9000, reading.Config.Get(ConfigKeys.ServerPort));
        Assert.Equal("\"\"", reading.Config.Values.Single(value => value.Key.Path == "tailscale.auth_key").Shown);
    }

    [Fact]
    public void A_relative_database_path_starts_at_its_own_file_and_from_a_variable_at_the_working_directory()
    {
        folder.Write("home/.config/netronome/config.toml", "[database]\npath = 'data/n.db'");
        Assert.Equal(folder.In("home/.config/netronome/data/n.db"), folder.Load().Config.SqlitePath);
        folder["NETRONOME__DB_PATH"] = "data/n.db";
        Assert.Equal(folder.In("data/n.db"), folder.Load().Config.SqlitePath);
        folder["NETRONOME__DB_PATH"] = "/var/lib/n.db";
        Assert.Equal("/var/lib/n.db", folder.Load().Config.SqlitePath);
    }

    [Fact]
    public void The_default_database_path_starts_at_the_folder_of_the_file_that_was_read()
    {
        folder.Write("home/.config/netronome/config.toml", "");
        Assert.Equal(folder.In("home/.config/netronome/netronome.db"), folder.Load().Config.SqlitePath);
    }
}
