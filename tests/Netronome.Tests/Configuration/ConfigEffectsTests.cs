using Netronome.Configuration;

namespace Netronome.Tests.Configuration;

public sealed class ConfigEffectsTests : IDisposable
{
    readonly ConfigFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("[agent]\nport = 8200", "2: agent.port is accepted but has no effect yet")]
    [InlineData("[packetloss]\ndefault_interval = 60", "2: packetloss.default_interval is accepted but has no effect, here as in the original")]
    [InlineData("[notifications]\nping_threshold = 30.5", "2: notifications.ping_threshold is accepted but has no effect: the section was removed; messages are set up on the page")]
    [InlineData("[tailscale.monitor]\ndiscovery_port = 81", "2: tailscale.monitor.discovery_port is a former name; write tailscale.discovery_port instead")]
    [InlineData("[speedtest.packetloss]\nrestore_monitors_on_startup = true", "2: speedtest.packetloss.restore_monitors_on_startup is a former name; write packetloss.restore_monitors_on_startup instead")]
    public void A_key_without_effect_is_accepted_with_a_notice_that_says_so(string toml, string expected)
    {
        var reading = folder.LoadText(toml);

        Assert.Empty(reading.Faults);
        Assert.Equal($"{folder.In("config.toml")}:{expected}", Assert.Single(reading.Notices).ToString());
    }

    [Fact]
    public void A_value_without_effect_is_checked_all_the_same() =>
        Assert.NotEmpty(folder.LoadText("[agent]\nport = 70000").Faults);

    [Fact]
    public void A_former_name_sets_the_key_of_today_unless_that_is_set_too()
    {
        var reading = folder.LoadText("[tailscale]\ndiscovery_interval = '1m'\n[tailscale.monitor]\ndiscovery_interval = '2m'\ndiscovery_port = 81\n");

        Assert.Equal((TimeSpan.FromMinutes(1), 81), (Value(reading, "tailscale.discovery_interval"), Value(reading, "tailscale.discovery_port")));
        folder["NETRONOME__TAILSCALE_MONITOR_DISCOVERY_INTERVAL"] = "3m";
        Assert.Equal(TimeSpan.FromMinutes(3), Value(folder.Load(), "tailscale.discovery_interval"));
    }

    [Fact]
    public void Prefer_host_sets_the_method_unless_that_is_set_too()
    {
        Assert.Equal("host", Value(folder.LoadText("[tailscale]\nprefer_host = true"), "tailscale.method"));
        Assert.Equal("tsnet", Value(folder.LoadText("[tailscale]\nprefer_host = true\nmethod = 'tsnet'"), "tailscale.method"));
    }

    [Fact]
    public void The_generated_file_holds_every_key_of_today_and_passes_the_check()
    {
        var text = ConfigTemplate.Write(new Dictionary<ConfigKey, string>());

        var reading = folder.LoadText(text);
        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Notices);
        Assert.All(reading.Config.Values, value => Assert.Equal(value.Key.Write(value.Key.Default), value.Key.Write(value.Value)));
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 120, line));

        // With the comment signs before the keys taken away it is still a valid file.
        var all = folder.LoadText(System.Text.RegularExpressions.Regex.Replace(text, "(?m)^# ([a-z_]+ = )", "$1"));
        Assert.Empty(all.Faults);
        var expected = ConfigKeys.All.Count(key => key.Effect is not (ConfigEffect.Deprecated or ConfigEffect.Removed));
        Assert.Equal(expected, all.Config.Values.Count(value => value.Origin is ConfigOrigin.FileLine));
    }

    [Fact]
    public void Every_variable_and_path_is_there_once_and_every_key_says_what_it_means()
    {
        Assert.Equal(ConfigKeys.All.Count, ConfigKeys.ByPath.Count);
        Assert.All(ConfigKeys.All, key => Assert.EndsWith(".", key.Meaning, StringComparison.Ordinal));
        Assert.All(ConfigKeys.All.Where(key => key.Replacement is not null), key => Assert.Contains(key.Replacement!, ConfigKeys.ByPath.Keys));
    }

    static object Value(ConfigReading reading, string path) => reading.Config.Values.Single(value => value.Key.Path == path).Value;
}
