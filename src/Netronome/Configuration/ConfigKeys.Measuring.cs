namespace Netronome.Configuration;

/// <summary>Keys of speed tests and packet-loss monitors.</summary>
static partial class ConfigKeys
{
    public static ConfigKey<int> IperfDuration { get; } = new("speedtest.iperf.test_duration", "IPERF_TEST_DURATION",
        "iperf3: seconds measured in each direction.", ConfigTypes.Integer(1, 3_600), "10");

    public static ConfigKey<int> IperfStreams { get; } = new("speedtest.iperf.parallel_conns", "IPERF_PARALLEL_CONNS",
        "iperf3: parallel streams.", ConfigTypes.Integer(1, 128), "4");

    public static ConfigKey<int> IperfTimeout { get; } = new("speedtest.iperf.timeout", "IPERF_TIMEOUT",
        "iperf3: seconds after which one direction is given up.", ConfigTypes.Integer(1, 86_400), "60");

    static ConfigKey[] SpeedtestKeys =>
    [
        Later("speedtest.timeout", "SPEEDTEST_TIMEOUT", "speedtest.net: seconds after which a test is given up.", ConfigTypes.Integer(1, 86_400), "30"),
        IperfDuration, IperfStreams, IperfTimeout,
        Later("speedtest.iperf.ping.count", "IPERF_PING_COUNT", "Probes sent before an iperf3 test to learn the idle round trip.", ConfigTypes.Integer(1, 1_000), "5"),
        Later("speedtest.iperf.ping.interval", "IPERF_PING_INTERVAL", "Milliseconds between these probes.", ConfigTypes.Integer(10, 60_000), "1000"),
        Later("speedtest.iperf.ping.timeout", "IPERF_PING_TIMEOUT", "Seconds all of them may take.", ConfigTypes.Integer(1, 3_600), "10"),
        Later("speedtest.librespeed.timeout", "LIBRESPEED_TIMEOUT", "LibreSpeed: seconds after which a test is given up; 0 is 60.", ConfigTypes.Integer(0, 86_400), "60"),
    ];

    static ConfigKey[] PacketlossKeys =>
    [
        Later("packetloss.enabled", "PACKETLOSS_ENABLED", "Whether the original's packet-loss routes exist.", ConfigTypes.Boolean, "true"),
        Later("packetloss.privileged_mode", "PACKETLOSS_PRIVILEGED_MODE", "Whether raw sockets are tried before unprivileged ones.", ConfigTypes.Boolean, "true"),
        Later("packetloss.mtr_enable_dns", "PACKETLOSS_MTR_ENABLE_DNS", "Whether hops of a path get their names looked up.", ConfigTypes.Boolean, "false"),
        Dead("packetloss.default_interval", "PACKETLOSS_DEFAULT_INTERVAL", "Seconds between tests.", ConfigTypes.Integer(1, 31_536_000), "3600"),
        Dead("packetloss.default_packet_count", "PACKETLOSS_DEFAULT_PACKET_COUNT", "Packets of a test.", ConfigTypes.Integer(1, 100_000), "10"),
        Dead("packetloss.max_concurrent_monitors", "PACKETLOSS_MAX_CONCURRENT_MONITORS", "Tests at once.", ConfigTypes.Integer(1, 100_000), "10"),
        Dead("packetloss.restore_monitors_on_startup", "PACKETLOSS_RESTORE_MONITORS_ON_STARTUP",
            "Whether monitors go on after a restart; enabled ones always do.", ConfigTypes.Boolean, "false"),
        // The README's sample puts it below [speedtest].
        Deprecated("speedtest.packetloss.restore_monitors_on_startup", null,
            "packetloss.restore_monitors_on_startup", ConfigTypes.Boolean, "false"),
    ];
}
