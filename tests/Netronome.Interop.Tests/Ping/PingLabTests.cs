using System.Globalization;
using System.Text.RegularExpressions;
using Netronome.TestLab;

namespace Netronome.Interop.Tests.Ping;

/// <summary>The verb against real kernels and links with known faults. One class, so that nothing runs beside the judged times.</summary>
public sealed class PingLabTests
{
    static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    [Fact]
    public async Task Five_percent_loss_and_20_ms_come_out_over_2000_probes_in_all_four_ways()
    {
        const int Probes = 2_000;
        using var lab = Lab.Create();
        var (client, router, server) = (lab.AddHost("client"), lab.AddRouter("router"), lab.AddHost("server"));
        lab.Link(client, router);
        var delay = TimeSpan.FromMilliseconds(10);
        lab.Link(router, server, new LinkConditions { Loss = 0.05, Delay = delay }, new LinkConditions { Delay = delay });
        lab.InstallRoutes();
        client.AllowDatagramIcmp(true);
        await using var capture = await client.CaptureAsync(client.Ends[0].Device, "icmp[0]=0 or icmp6[0]=129", Soon);
        var runs = new List<Task<ProgramResult>>();
        foreach (var address in (string[])[$"{server.V4}", $"{server.V6}"])
        {
            var command = PingOutput.Json("-c", $"{Probes}", "-i", "10ms", "-W", "1", address);
            runs.Add(client.RunAsync(command, Soon));
            runs.Add(client.RunAsync(command.Unprivileged(), Soon));
        }

        var targets = (await Task.WhenAll(runs)).Select(result => result.Succeeded().Targets().Single()).ToList();
        var answersOnTheWire = (await capture.StopAsync(Soon)).Count;

        Assert.Equal(["icmp-raw", "icmp-datagram", "icmp-raw", "icmp-datagram"], targets.Select(target => target.Text("method")));
        Assert.Equal(["ipv4", "ipv4", "ipv6", "ipv6"], targets.Select(target => target.Text("family")));
        foreach (var target in targets)
        {
            Assert.Equal(Probes, target.Count("sent"));
            // Binomial: mean 100, standard deviation 9.7; 4.5 of these are passed by chance once in 150,000 runs.
            var lost = Probes - target.Count("received");
            Assert.InRange(lost, 100 - 44, 100 + 44);
            Assert.Equal((double)lost / Probes, target.GetProperty("lossRatio").GetDouble(), 9);
            Assert.Equal(lost, target.GetProperty("lossReasons").GetProperty("timeout").GetInt64());
            // The forwarder holds a packet for at least its delay and adds what two passes through user space cost on a busy machine.
            Assert.InRange(target.Rtt("min"), 20, 22);
            Assert.InRange(target.Rtt("p50"), 20, 24);
            Assert.Equal("kernel", target.Text("clock"));
            Assert.Equal(0, target.Count("duplicates") + target.Count("corrupted"));
        }

        // Nothing that came was overlooked, and nothing was counted that did not come.
        Assert.Equal(answersOnTheWire, targets.Sum(target => target.Count("received") + target.Count("late")));
    }

    [Fact]
    public async Task Median_on_loopback_is_within_20_microseconds_of_fping()
    {
        using var lab = Lab.Create();
        var host = lab.AddHost("host");
        var differences = new List<double>();
        for (var round = 0; round < 5; round++)
        {
            var fping = await host.RunAsync(Undisturbed(new ProgramCommand("fping", "-q", "-C", "500", "-i", "1", "-p", "1", "127.0.0.1")), Soon);
            var ours = await host.RunAsync(Undisturbed(PingOutput.Json("-c", "500", "-i", "1ms", "127.0.0.1")), Soon);
            var theirs = fping.Succeeded().Error.Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => double.Parse(word, CultureInfo.InvariantCulture)).Order().ToList();
            differences.Add(Math.Abs(ours.Succeeded().Targets()[0].Rtt("p50") - theirs[theirs.Count / 2]) * 1_000);
        }

        Assert.InRange(differences.Order().ElementAt(2), 0, 20);

        // fping's departure is its own stamp, so on a busy machine its figure holds the time until it may run and its cold caches; ours does not.
        static ProgramCommand Undisturbed(ProgramCommand command) =>
            command with { Program = "chrt", Arguments = ["-f", "20", command.Program, .. command.Arguments] };
    }

    [Fact]
    public async Task Icmp_errors_of_a_router_are_reasons_in_both_families_and_both_kinds_of_socket()
    {
        using var lab = Lab.Create();
        var (client, router, server) = (lab.AddHost("client"), lab.AddRouter("router"), lab.AddHost("server"));
        lab.Link(client, router);
        lab.Link(router, server);
        lab.InstallRoutes();
        client.AllowDatagramIcmp(true);
        router.Sysctl("net.ipv4.icmp_ratelimit", "0");
        router.Sysctl("net.ipv6.icmp.ratelimit", "0");
        client.Ip($"route add 198.51.100.0/24 via {router.V4}", $"route add 2001:db8:ff::/64 via {router.V6}");
        // By a filter: for prohibited IPv4 routes the kernel sends one error a second at most.
        router.Ip($"route add 198.51.100.0/24 via {server.V4}", $"route add 2001:db8:ff::/64 via {server.V6}");
        router.Nft("""
            table inet t {
              chain c {
                type filter hook forward priority 0
                ip daddr 198.51.100.0/24 reject with icmpx admin-prohibited
                ip6 daddr 2001:db8:ff::/64 reject with icmpx admin-prohibited
              }
            }
            """);
        // The first packets wait for the neighbours' addresses, IPv6's a second or more.
        await client.RunAsync(PingOutput.Json("-c", "20", "-i", "100ms", "-W", "2", $"{server.V4}", $"{server.V6}"), Soon);
        foreach (var unprivileged in (bool[])[false, true])
        {
            // The last target answers: errors about the others must not disturb it.
            var command = PingOutput.Json("-c", "50", "-i", "10ms", "-W", "1", "198.51.100.1", "2001:db8:ff::1", $"{server.V4}", $"{server.V6}");
            var targets = (await client.RunAsync(unprivileged ? command.Unprivileged() : command, Soon)).Targets();
            foreach (var target in targets.Take(2))
            {
                Assert.Equal(0, target.Count("received"));
                Assert.Equal("""{"adminProhibited":50}""", Regex.Replace(target.GetProperty("lossReasons").GetRawText(), @"\s", ""));
            }

            Assert.All(targets.Skip(2), target => Assert.Equal((50, "kernel"), (target.Count("received"), target.Text("clock"))));

            command = PingOutput.Json("-c", "5", "-i", "10ms", "-t", "1", "-v", $"{server.V4}", $"{server.V6}");
            targets = (await client.RunAsync(unprivileged ? command.Unprivileged() : command, Soon)).Targets();
            Assert.All(targets, target => Assert.Equal(5, target.GetProperty("lossReasons").GetProperty("ttlExceeded").GetInt64()));
            Assert.All(targets[0].GetProperty("probes").EnumerateArray(), probe => Assert.Equal($"{router.V4}", probe.Text("reportedBy")));
        }
    }

    [Fact]
    public async Task Dscp_hop_limit_source_and_size_are_on_the_wire()
    {
        using var lab = Lab.Create();
        var (client, server) = (lab.AddHost("client"), lab.AddHost("server"));
        lab.Link(client, server);
        client.AllowDatagramIcmp(true);
        client.Ip("addr add 10.200.1.77/24 dev " + client.Ends[0].Device, "addr add 2001:db8:1::77/64 dev " + client.Ends[0].Device + " nodad");
        foreach (var unprivileged in (bool[])[false, true])
        {
            await using var capture = await server.CaptureAsync(server.Ends[0].Device, "icmp[0]=8 or icmp6[0]=128", Soon);
            foreach (var (address, source) in ((string, string)[])[($"{server.V4}", "10.200.1.77"), ($"{server.V6}", "2001:db8:1::77")])
            {
                var command = PingOutput.Json("-c", "2", "-i", "10ms", "-s", "100", "--dscp", "af41", "-t", "37", "-I", source, address);
                (await client.RunAsync(unprivileged ? command.Unprivileged() : command, Soon)).Succeeded();
                command = PingOutput.Json("-c", "2", "-i", "10ms", "-I", client.Ends[0].Device, address);
                (await client.RunAsync(unprivileged ? command.Unprivileged() : command, Soon)).Succeeded();
            }

            var packets = await capture.StopAsync(Soon);
            Assert.Equal(8, packets.Count);
            for (var index = 0; index < 2; index++)
            {
                var v4 = packets[index].Bytes.AsSpan(14);
                Assert.Equal((34 << 2, 37, 20 + 8 + 100, 77), (v4[1], v4[8], v4[2] << 8 | v4[3], v4[15]));
                var v6 = packets[index + 4].Bytes.AsSpan(14);
                Assert.Equal((34 << 2, 37, 8 + 100, 0x77), ((v6[0] << 8 | v6[1]) >> 4 & 0xFF, v6[7], v6[4] << 8 | v6[5], v6[23]));
            }

            Assert.Equal(0, packets[2].Bytes[14 + 1]);
        }
    }

    [Fact]
    public async Task Other_programs_pings_do_not_match()
    {
        using var lab = Lab.Create();
        var (client, server) = (lab.AddHost("client"), lab.AddHost("server"));
        lab.Link(client, server);
        await using var flood = client.Start(new ProgramCommand("ping", "-q", "-i", "0.002", $"{server.V4}"));
        var runs = Enumerable.Range(0, 3).Select(_ => client.RunAsync(PingOutput.Json("-c", "300", "-i", "5ms", $"{server.V4}"), Soon));
        foreach (var result in await Task.WhenAll(runs))
        {
            var target = result.Succeeded().Targets()[0];
            Assert.Equal((300, 300, 0, 0), (target.Count("sent"), target.Count("received"), target.Count("duplicates"), target.Count("corrupted")));
        }
    }

    [Fact]
    public async Task A_dead_neighbour_is_unreachable_and_delays_no_other()
    {
        using var lab = Lab.Create();
        var (client, server) = (lab.AddHost("client"), lab.AddHost("server"));
        lab.Link(client, server);
        var result = await client.RunAsync(PingOutput.Json("-c", "40", "-i", "100ms", "-W", "4", "10.200.1.99", $"{server.V4}"), Soon);
        var targets = result.Targets();
        Assert.Equal(1, result.ExitCode);
        // The kernel gives up the neighbour after three questions, one a second.
        Assert.True(targets[0].GetProperty("lossReasons").GetProperty("hostUnreachable").GetInt64() > 0);
        Assert.Equal(0, targets[0].Count("received"));
        Assert.Equal(40, targets[1].Count("received"));
        Assert.InRange(targets[1].Rtt("p50"), 0, 2);
    }

    [Fact]
    public async Task Without_permission_it_says_how_to_grant_it_and_measures_no_loss()
    {
        using var lab = Lab.Create();
        var host = lab.AddHost("host");
        host.AllowDatagramIcmp(false);
        var result = await host.RunAsync(PingOutput.Json("-c", "1", "127.0.0.1").Unprivileged(), Soon);
        Assert.Equal(77, result.ExitCode);
        var target = result.Targets()[0];
        Assert.Equal("noPermission", target.Text("reason"));
        Assert.All((string[])["setcap cap_net_raw", "net.ipv4.ping_group_range", "AmbientCapabilities=CAP_NET_RAW"], way =>
        {
            Assert.Contains(way, target.Text("message"), StringComparison.Ordinal);
            Assert.Contains(way, result.Error, StringComparison.Ordinal);
        });
        Assert.False(target.TryGetProperty("lossRatio", out _));

        // The capability alone is enough.
        result = await host.RunAsync(PingOutput.Json("-c", "1", "127.0.0.1").Unprivileged("net_raw"), Soon);
        Assert.Equal("icmp-raw", result.Succeeded().Targets()[0].Text("method"));
    }
}
