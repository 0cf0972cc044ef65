using System.Net;
using System.Net.Sockets;

namespace Netronome.TestLab.Tests;

public sealed class LabTests : IDisposable
{
    const int Port = 7;

    readonly Lab lab = Lab.Create();

    public void Dispose() => lab.Dispose();

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public async Task Hosts_talk_through_a_router(AddressFamily family)
    {
        var (client, router, server) = (lab.AddHost("client"), lab.AddRouter("router"), lab.AddHost("server"));
        lab.Link(client, router);
        lab.Link(router, server);
        lab.InstallRoutes();

        await using var echo = await UdpEcho.StartAsync(server, Port);
        var times = await UdpEcho.RoundTripsAsync(client, Address(server, family), Port, 5);
        Assert.Equal(5, times.Count);
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public async Task Random_loss_stays_within_its_statistical_bounds_in_its_direction_only(AddressFamily family)
    {
        const int Sent = 10_000;
        const double Ratio = 0.05;
        var (a, b) = (lab.AddHost("a"), lab.AddHost("b"));
        lab.Link(a, b, new LinkConditions { Loss = Ratio }, LinkConditions.Perfect);

        var there = await UdpFlood.ReceivedAsync(a, b, Address(b, family), Sent);
        var back = await UdpFlood.ReceivedAsync(b, a, Address(a, family), Sent);

        // Five standard deviations of a binomial: wrong once in two million runs.
        var allowed = 5 * Math.Sqrt(Sent * Ratio * (1 - Ratio));
        Assert.InRange(Sent - there.Count, (Sent * Ratio) - allowed, (Sent * Ratio) + allowed);
        Assert.Equal(Sent, back.Count);
    }

    [Theory]
    [InlineData(AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.InterNetworkV6)]
    public async Task A_delay_is_exact_to_half_a_millisecond(AddressFamily family)
    {
        var (a, b) = (lab.AddHost("a"), lab.AddHost("b"));
        lab.Link(a, b, new LinkConditions { Delay = TimeSpan.FromMilliseconds(10) });
        await using var capture = await a.CaptureAsync("b", "icmp or icmp6");

        (await a.RunAsync(new ProgramCommand("fping", "-q", "-C", "100", "-p", "25", "-t", "500", Address(b, family).ToString()))).Succeeded();

        // Both times are the kernel's, and the kernel answers, so no program's wake-up is measured.
        var exchanges = (await capture.StopAsync()).GroupBy(EchoSequence).Where(packets => packets.Key >= 0).ToList();
        Assert.Equal(100, exchanges.Count);
        // A machine that is busy elsewhere only adds, so the lower quartile is the lab's own.
        var times = exchanges.Select(packets => (packets.Last().UnixNanoseconds - packets.First().UnixNanoseconds) / 1e6).Order().ToList();
        Assert.InRange(times[0], 20, 20.5);
        Assert.InRange(times[25], 20, 20.5);
    }

    [Fact]
    public async Task Jitter_spreads_the_delay_and_keeps_the_order()
    {
        var (a, b) = (lab.AddHost("a"), lab.AddHost("b"));
        lab.Link(a, b, new LinkConditions { Delay = TimeSpan.FromMilliseconds(5), Jitter = TimeSpan.FromMilliseconds(4) },
            LinkConditions.Perfect);
        await using var echo = await UdpEcho.StartAsync(b, Port);

        var times = await UdpEcho.RoundTripsAsync(a, b.V4, Port, 100);
        var sequence = await UdpFlood.ReceivedAsync(a, b, b.V4, 500);

        Assert.InRange(times.Min().TotalMilliseconds, 1, 3);
        Assert.True(times.Max().TotalMilliseconds > 7);
        Assert.Equal(sequence.Order(), sequence);
    }

    [Fact]
    public async Task Reordered_and_duplicated_packets_are_counted_by_the_forwarder_and_seen_by_the_receiver()
    {
        const int Sent = 2_000;
        var (a, b) = (lab.AddHost("a"), lab.AddHost("b"));
        var link = lab.Link(a, b, new LinkConditions
        {
            Reorder = 0.05,
            ReorderBy = TimeSpan.FromMilliseconds(20),
            Duplicate = 0.1,
        }, LinkConditions.Perfect);

        var sequence = await UdpFlood.ReceivedAsync(a, b, b.V4, Sent);

        Assert.Equal(Sent, sequence.Distinct().Count());
        Assert.InRange(sequence.Count - Sent, 100, 300);
        Assert.InRange(sequence.Zip(sequence.Skip(1)).Count(pair => pair.Second < pair.First), 20, 200);
        Assert.InRange(link.CountsAToB.HeldBack, 50, 160);
        Assert.InRange(link.CountsAToB.Duplicated - (sequence.Count - Sent), 0, 5);
    }

    [Fact]
    public async Task A_rate_limit_lets_through_what_it_says()
    {
        var (a, b) = (lab.AddHost("a"), lab.AddHost("b"));
        lab.Link(a, b, new LinkConditions { BitsPerSecond = 20_000_000 }, LinkConditions.Perfect);

        var received = await TcpBulk.BitsPerSecondAsync(a, b, b.V4, TimeSpan.FromSeconds(1.5));

        // The bucket counts 1514 bytes for 1448 of payload; a receiver that wakes late counts a little too much.
        Assert.InRange(received, 20e6 * 0.85, 20e6 * 1.05);
    }

    [Fact]
    public async Task A_masquerading_router_shows_its_own_address_and_is_not_entered_from_outside()
    {
        var (inside, router, outside) = (lab.AddHost("inside"), lab.AddRouter("router"), lab.AddHost("outside"));
        lab.Link(inside, router);
        var wan = lab.Link(router, outside);
        router.Masquerade(wan);
        lab.InstallRoutes();
        await using var echo = await UdpEcho.StartAsync(outside, Port);

        await UdpEcho.RoundTripsAsync(inside, outside.V4, Port, 1);

        Assert.Equal(wan.EndOf(router).V4, echo.LastSource.Address);
        Assert.DoesNotContain("10.200.1.0", (await outside.RunAsync(new ProgramCommand("ip", "route"))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_routers_in_parallel_share_the_flows()
    {
        var (client, left, right, server) = (lab.AddRouter("client"), lab.AddRouter("left"), lab.AddRouter("right"), lab.AddHost("server"));
        lab.Link(client, left);
        lab.Link(client, right);
        lab.Link(left, server);
        lab.Link(right, server);
        var last = lab.AddHost("last");
        lab.Link(server, last);
        server.Sysctl("net.ipv4.ip_forward", "1");
        client.Ip("route add 10.200.5.0/24 nexthop via 10.200.1.2 nexthop via 10.200.2.2");
        left.Ip("route add 10.200.5.0/24 via 10.200.3.2");
        right.Ip("route add 10.200.5.0/24 via 10.200.4.2");
        last.Ip("route add 10.200.0.0/16 via 10.200.5.1");

        await using var overLeft = await left.CaptureAsync("client", "udp and dst port 7");
        await using var overRight = await right.CaptureAsync("client", "udp and dst port 7");
        server.Ip("route add 10.200.1.0/24 via 10.200.3.1", "route add 10.200.2.0/24 via 10.200.4.1");
        await using var echo = await UdpEcho.StartAsync(last, Port);
        for (var flow = 0; flow < 30; flow++)
        {
            await UdpEcho.RoundTripsAsync(client, last.V4, Port, 1);
        }

        var (byLeft, byRight) = ((await overLeft.StopAsync()).Count, (await overRight.StopAsync()).Count);
        Assert.Equal(30, byLeft + byRight);
        Assert.InRange(byLeft, 4, 26);
    }

    [Fact]
    public async Task Routes_over_equally_short_ways_are_installed_as_one_route_with_two_hops()
    {
        var (client, left, right, server) = (lab.AddHost("client"), lab.AddRouter("left"), lab.AddRouter("right"), lab.AddRouter("server"));
        var far = lab.AddHost("far");
        lab.Link(client, left);
        lab.Link(client, right);
        lab.Link(left, server);
        lab.Link(right, server);
        lab.Link(server, far);
        lab.InstallRoutes();

        var v4 = (await client.RunAsync(new ProgramCommand("ip", "route", "show", "10.200.5.0/24"))).Output;
        var v6 = (await client.RunAsync(new ProgramCommand("ip", "-6", "route", "show", "2001:db8:5::/64"))).Output;
        Assert.Contains("nexthop via 10.200.1.2", v4, StringComparison.Ordinal);
        Assert.Contains("nexthop via 10.200.2.2", v4, StringComparison.Ordinal);
        Assert.Contains("2001:db8:1::2", v6, StringComparison.Ordinal);
        Assert.Contains("2001:db8:2::2", v6, StringComparison.Ordinal);
        await using var echo = await UdpEcho.StartAsync(far, Port);
        Assert.Single(await UdpEcho.RoundTripsAsync(client, far.V6, Port, 1));
        Assert.Single(await UdpEcho.RoundTripsAsync(client, far.V4, Port, 1));
    }

    [Fact]
    public async Task Conditions_may_change_while_a_link_is_in_use()
    {
        var (a, b) = (lab.AddHost("a"), lab.AddHost("b"));
        var link = lab.Link(a, b, new LinkConditions { Delay = TimeSpan.FromMilliseconds(1) });
        await using var echo = await UdpEcho.StartAsync(b, Port);

        link.Apply(new LinkConditions { Delay = TimeSpan.FromMilliseconds(8) });
        var slow = await UdpEcho.RoundTripsAsync(a, b.V4, Port, 5);
        link.Silence();
        var none = await UdpEcho.RoundTripsAsync(a, b.V4, Port, 1, TimeSpan.FromMilliseconds(50));
        link.Apply(LinkConditions.Perfect);
        var fast = await UdpEcho.RoundTripsAsync(a, b.V4, Port, 5);

        Assert.True(slow.Min().TotalMilliseconds >= 16);
        Assert.Empty(none);
        Assert.True(fast.Min().TotalMilliseconds < 8);
    }

    [Fact]
    public async Task A_link_made_as_a_wire_refuses_to_delay()
    {
        var link = lab.Link(lab.AddHost("a"), lab.AddHost("b"));
        await Task.CompletedTask;
        Assert.Throws<LabException>(() => link.Apply(new LinkConditions { Delay = TimeSpan.FromMilliseconds(1) }));
    }

    [Fact]
    public async Task Code_inside_a_host_sees_that_host_and_pool_threads_stay_outside()
    {
        var a = lab.AddHost("a");
        lab.Link(a, lab.AddHost("b"));

        var inside = await a.InsideAsync(async () =>
        {
            var before = NetworkOfThisThread();
            await Task.Yield();
            var after = NetworkOfThisThread();
            await Task.Run(() => { });
            return (before, after, last: NetworkOfThisThread());
        });
        var outside = new HashSet<string>();
        await Parallel.ForAsync(0, 2_000, (_, _) =>
        {
            lock (outside)
            {
                outside.Add(NetworkOfThisThread());
            }

            return ValueTask.CompletedTask;
        });

        Assert.Equal(inside.before, inside.after);
        Assert.Equal(inside.before, inside.last);
        Assert.Equal(NetworkOfThisThread(), Assert.Single(outside));
        Assert.NotEqual(inside.before, outside.Single());
    }

    [Fact]
    public async Task An_exception_inside_a_host_comes_out()
    {
        var a = lab.AddHost("a");
        await Assert.ThrowsAsync<TimeoutException>(() => a.InsideAsync(() => throw new TimeoutException()));
    }

    [Fact]
    public async Task A_program_inside_runs_as_the_user_and_with_the_capabilities_it_was_given()
    {
        var a = lab.AddHost("a");
        a.AllowDatagramIcmp(true);

        var plain = await a.RunAsync(new ProgramCommand("cat", "/proc/self/status", "/proc/sys/net/ipv4/ping_group_range").Unprivileged());
        var raw = await a.RunAsync(new ProgramCommand("cat", "/proc/self/status").Unprivileged("net_raw"));

        Assert.Contains("Uid:\t65534", plain.Output, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000000000", plain.Output, StringComparison.Ordinal);
        Assert.Contains("0\t2147483647", plain.Output, StringComparison.Ordinal);
        Assert.Contains("Uid:\t65534", raw.Output, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000002000", raw.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_capture_holds_the_packets_with_their_times()
    {
        var (a, b) = (lab.AddHost("a"), lab.AddHost("b"));
        lab.Link(a, b);
        await using var echo = await UdpEcho.StartAsync(b, Port);
        await using var capture = await b.CaptureAsync("a", "udp port 7");

        await UdpEcho.RoundTripsAsync(a, b.V4, Port, 3);
        var packets = await capture.StopAsync();

        Assert.Equal(6, packets.Count);
        Assert.All(packets, packet => Assert.Equal(0x0800, (packet.Bytes[12] << 8) | packet.Bytes[13]));
        Assert.True(packets[^1].UnixNanoseconds > packets[0].UnixNanoseconds);
    }

    static IPAddress Address(LabHost host, AddressFamily family) => family == AddressFamily.InterNetwork ? host.V4 : host.V6;

    /// <summary>The sequence of an echo request or reply (ICMP 8 and 0, ICMPv6 128 and 129) in a bare IP packet; -1 for any other.</summary>
    static int EchoSequence(CapturedPacket packet)
    {
        var icmp = packet.Bytes.AsSpan(packet.Bytes[0] >> 4 == 4 ? 20 : 40);
        return icmp[0] is 0 or 8 or 128 or 129 ? (icmp[6] << 8) | icmp[7] : -1;
    }

    static string NetworkOfThisThread() => File.ResolveLinkTarget("/proc/thread-self/ns/net", returnFinalTarget: false)!.Name;
}
