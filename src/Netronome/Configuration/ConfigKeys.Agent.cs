namespace Netronome.Configuration;

/// <summary>Keys of agents, and of Tailscale between them and the server; none has a part to act on yet.</summary>
static partial class ConfigKeys
{
    static ConfigKey[] AgentKeys =>
    [
        Later("agent.host", "AGENT_HOST", "Name or address the agent listens on.", ConfigTypes.Host, "0.0.0.0"),
        Later("agent.port", "AGENT_PORT", "TCP port the agent listens on.", ConfigTypes.Port, "8200"),
        Later("agent.interface", "AGENT_INTERFACE", "Network interface it reports; empty is all.", ConfigTypes.Text, ""),
        Later("agent.api_key", "AGENT_API_KEY", "Key a reader of the agent must show.", ConfigTypes.Text, "", secret: true),
        Later("agent.disk_includes", "AGENT_DISK_INCLUDES", "Mount points reported in any case; * and ? are allowed.", ConfigTypes.List, ""),
        Later("agent.disk_excludes", "AGENT_DISK_EXCLUDES", "Mount points never reported; * and ? are allowed.", ConfigTypes.List, ""),
        Later("agent.disable_system_metrics", "AGENT_DISABLE_SYSTEM_METRICS", "Whether only traffic is reported, no processor, memory or disks.", ConfigTypes.Boolean, "false"),
        Later("monitor.enabled", "MONITOR_ENABLED", "Whether the server reads agents.", ConfigTypes.Boolean, "true"),
        Dead("monitor.reconnect_interval", "MONITOR_RECONNECT_INTERVAL", "Pause before a lost agent is tried again.", ConfigTypes.Duration, "30s"),
    ];

    static ConfigKey[] TailscaleKeys =>
    [
        Later("tailscale.enabled", "TAILSCALE_ENABLED", "Whether Tailscale is used at all.", ConfigTypes.Boolean, "false"),
        Later("tailscale.method", "TAILSCALE_METHOD", "host uses the machine's tailscaled, tsnet an own node; auto is tsnet when there is an auth_key.",
            ConfigTypes.Choice("auto", "host", "tsnet"), "auto"),
        new ConfigKey<string>("tailscale.auth_key", "TAILSCALE_AUTH_KEY", "Key with which an own node joins.", ConfigTypes.Text, "")
            { Effect = ConfigEffect.Later, Secret = true, EmptyVariableClears = true },
        Later("tailscale.hostname", "TAILSCALE_HOSTNAME", "Name of the own node; empty is made from the machine's.", ConfigTypes.Text, ""),
        Later("tailscale.ephemeral", "TAILSCALE_EPHEMERAL", "Whether the own node disappears when it goes.", ConfigTypes.Boolean, "false"),
        Later("tailscale.state_dir", "TAILSCALE_STATE_DIR", "Folder of the own node's state.", ConfigTypes.Text, "~/.config/netronome/tsnet"),
        Later("tailscale.control_url", "TAILSCALE_CONTROL_URL", "Address of another control server, such as Headscale.", ConfigTypes.WebAddress, ""),
        Later("tailscale.agent_port", "TAILSCALE_AGENT_PORT", "Port of the agent inside Tailscale; 0 is agent.port.", ConfigTypes.Integer(0, 65_535), "8200"),
        Later("tailscale.auto_discover", "TAILSCALE_AUTO_DISCOVER", "Whether the server looks for agents.", ConfigTypes.Boolean, "true"),
        Later("tailscale.discovery_interval", "TAILSCALE_DISCOVERY_INTERVAL", "How often it looks.", ConfigTypes.Duration, "5m"),
        Later("tailscale.discovery_port", "TAILSCALE_DISCOVERY_PORT", "Port at which it looks; 0 is 8200.", ConfigTypes.Integer(0, 65_535), "8200"),
        Dead("tailscale.discovery_prefix", "TAILSCALE_DISCOVERY_PREFIX", "What agents' names begin with.", ConfigTypes.Text, ""),
        new ConfigKey<bool>("tailscale.prefer_host", "TAILSCALE_PREFER_HOST", "Former way to write method = \"host\".", ConfigTypes.Boolean, "false")
            { Effect = ConfigEffect.Deprecated },
        Later("tailscale.agent.enabled", "TAILSCALE_AGENT_ENABLED", "Whether the agent uses Tailscale; needs tailscale.enabled as well.", ConfigTypes.Boolean, "false"),
        Dead("tailscale.agent.accept_routes", "TAILSCALE_AGENT_ACCEPT_ROUTES", "Whether the own node accepts routes.", ConfigTypes.Boolean, "true"),
        // Its variable in the original is that of tailscale.agent_port.
        Dead("tailscale.agent.port", null, "Port of the agent inside Tailscale.", ConfigTypes.Port, "8200"),
        Deprecated("tailscale.monitor.auto_discover", "TAILSCALE_MONITOR_AUTO_DISCOVER", "tailscale.auto_discover", ConfigTypes.Boolean, "true"),
        Deprecated("tailscale.monitor.discovery_interval", "TAILSCALE_MONITOR_DISCOVERY_INTERVAL", "tailscale.discovery_interval", ConfigTypes.Duration, "5m"),
        Deprecated("tailscale.monitor.discovery_prefix", "TAILSCALE_MONITOR_DISCOVERY_PREFIX", "tailscale.discovery_prefix", ConfigTypes.Text, ""),
        Deprecated("tailscale.monitor.discovery_port", "TAILSCALE_MONITOR_DISCOVERY_PORT", "tailscale.discovery_port", ConfigTypes.Integer(0, 65_535), "8200"),
    ];

    // Dropped by the original in v0.3.1 for channels and rules kept in the database; many files still hold it.
    static ConfigKey[] RemovedKeys =>
    [
        Removed("notifications.enabled", "NOTIFICATIONS_ENABLED", "Whether messages are sent.", ConfigTypes.Boolean, "false"),
        Removed("notifications.webhook_url", "NOTIFICATIONS_WEBHOOK_URL", "Where messages are sent.", ConfigTypes.Text, "", secret: true),
        Removed("notifications.ping_threshold", "NOTIFICATIONS_PING_THRESHOLD", "Milliseconds above which a message is sent.", ConfigTypes.Number, "30"),
        Removed("notifications.upload_threshold", "NOTIFICATIONS_UPLOAD_THRESHOLD", "Mbit/s below which a message is sent.", ConfigTypes.Number, "200"),
        Removed("notifications.download_threshold", "NOTIFICATIONS_DOWNLOAD_THRESHOLD", "Mbit/s below which a message is sent.", ConfigTypes.Number, "200"),
        Removed("notifications.discord_mention_id", "NOTIFICATIONS_DISCORD_MENTION_ID", "Whom a message mentions.", ConfigTypes.Text, ""),
    ];

    static ConfigKey<T> Removed<T>(string path, string variable, string meaning, ConfigType<T> type, string @default, bool secret = false)
        where T : notnull => new(path, variable, meaning, type, @default) { Effect = ConfigEffect.Removed, Secret = secret };
}
