using System.Net;
using Netronome.Probing.Icmp;
using Netronome.TestLab;

namespace Netronome.Probing.Tests.Icmp;

/// <summary>The engine over the simulated network: whole runs in virtual time, through the public surface.</summary>
public sealed class IcmpEngineTests : IDisposable
{
    static readonly IcmpProbeOptions TenProbes = IcmpProbeOptions.Default with { Count = 10 };

    readonly SimulatedNetwork network = new(new ManualTime());

    [Fact]
    public async Task Answered_probes_carry_the_round_trip_time_of_the_network()
    {
        network["192.0.2.1"] = new() { DelayOf = probe => TimeSpan.FromMilliseconds(10 + probe) };
        var (results, tally) = await RunAsync("192.0.2.1", TenProbes);
        Assert.Equal(Enumerable.Range(10, 10).Select(delay => delay * 1_000_000L), results.Select(result => result.RttNanoseconds));
        Assert.All(results, result => Assert.Equal((Loss.None, ClockSource.Kernel, 61), (result.Loss, result.Clock, result.ReplyTtl)));
        Assert.Equal(new ProbeTally { Sent = 10, Received = 10 }, tally);
    }

    [Fact]
    public async Task Icmpv6_is_probed_alike()
    {
        network["2001:db8::1"] = new();
        var (results, _) = await RunAsync("2001:db8::1", TenProbes);
        Assert.All(results, result => Assert.Equal(10_000_000, result.RttNanoseconds));
        Assert.Equal(10, results.Count);
    }

    [Fact]
    public async Task Probes_leave_on_the_grid_of_the_interval_and_say_when()
    {
        network["192.0.2.1"] = new();
        var (results, _) = await RunAsync("192.0.2.1", TenProbes with { StartDelay = TimeSpan.FromMilliseconds(300) });
        for (var index = 0; index < 10; index++)
        {
            var due = TimeSpan.FromSeconds(index) + TimeSpan.FromMilliseconds(300);
            // Up to 10 ms early, to share a wake-up; never late.
            Assert.InRange(network.Sent[index].At, due - TimeSpan.FromMilliseconds(10), due);
            Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) + network.Sent[index].At, results[index].SentAt);
        }
    }

    [Fact]
    public async Task A_probe_is_lost_when_its_deadline_has_passed_and_not_before()
    {
        network["192.0.2.1"] = new() { Loses = probe => probe % 2 == 0 };
        var run = Open().CreateRun(IPAddress.Parse("192.0.2.1"), TenProbes);
        var decidedAt = new Dictionary<long, TimeSpan>();
        network.Begin();
        await foreach (var result in run.ReadAllAsync())
            decidedAt[result.Sequence] = network.Elapsed;
        Assert.Equal((10, 5, 5), (run.Tally.Sent, run.Tally.Received, run.Tally.Lost));
        for (var sequence = 0; sequence < 10; sequence += 2)
            Assert.True(decidedAt[sequence] >= network.Sent[sequence].At + IcmpProbeOptions.Default.Deadline);
    }

    [Fact]
    public async Task A_reply_after_the_deadline_counts_as_lost_and_as_late()
    {
        network["192.0.2.1"] = new() { DelayOf = probe => TimeSpan.FromSeconds(probe == 3 ? 3.5 : 0.1) };
        var (results, tally) = await RunAsync("192.0.2.1", TenProbes);
        Assert.Equal(Loss.Timeout, results[3].Loss);
        Assert.Equal((9, 1, 1), (tally.Received, tally.Lost, tally.Late));
    }

    [Fact]
    public async Task Late_replies_are_counted_until_ten_seconds_after_sending()
    {
        network["192.0.2.1"] = new() { DelayOf = probe => TimeSpan.FromSeconds(probe == 0 ? 9.9 : probe == 1 ? 10.1 : 0.1) };
        var (_, tally) = await RunAsync("192.0.2.1", IcmpProbeOptions.Default with { Count = 20 });
        Assert.Equal((18, 2, 1), (tally.Received, tally.Lost, tally.Late));
    }

    [Fact]
    public async Task Duplicates_are_counted_apart()
    {
        network["192.0.2.1"] = new() { Answers = probe => probe == 4 ? 3 : 1 };
        var (results, tally) = await RunAsync("192.0.2.1", TenProbes);
        Assert.Equal(10, results.Count);
        Assert.Equal((10, 10, 0, 2), (tally.Sent, tally.Received, tally.Lost, tally.Duplicates));
    }

    [Fact]
    public async Task Reordered_replies_are_counted_apart()
    {
        network["192.0.2.1"] = new() { DelayOf = probe => TimeSpan.FromMilliseconds(probe == 2 ? 1_500 : 20) };
        var (_, tally) = await RunAsync("192.0.2.1", TenProbes);
        Assert.Equal((10, 1), (tally.Received, tally.Reordered));
    }

    [Theory]
    [InlineData(2)]  // checksum
    [InlineData(24)] // first byte of the pattern
    [InlineData(63)] // last byte of the pattern
    public async Task Altered_replies_answer_nothing_and_are_counted_apart(int offset)
    {
        network["192.0.2.1"] = new()
        {
            Alters = (probe, message) => message[offset] ^= probe == 5 ? (byte)0x10 : (byte)0,
        };
        var (results, tally) = await RunAsync("192.0.2.1", TenProbes);
        Assert.Equal(Loss.Timeout, results[5].Loss);
        Assert.Equal((9, 1, 1), (tally.Received, tally.Lost, tally.Corrupted));
    }

    [Fact]
    public async Task Replies_to_other_programs_never_match()
    {
        network["192.0.2.1"] = new() { DelayOf = _ => TimeSpan.FromMilliseconds(500), Alters = (_, message) => message[8] ^= 0xFF };
        var engine = Open();
        var (results, tally) = await RunAsync("192.0.2.1", TenProbes, engine);
        // Same identifier and sequence, another nonce: as if another program had chosen the same numbers.
        Assert.All(results, result => Assert.Equal(Loss.Timeout, result.Loss));
        Assert.Equal((0, 0, 0), (tally.Received, tally.Corrupted, tally.Duplicates));
        Assert.Equal(10, engine.Strangers);
    }

    [Fact]
    public async Task Rubbish_harms_nothing()
    {
        network["192.0.2.1"] = new();
        var random = new Random(1);
        for (var index = 0; index < 2_000; index++)
        {
            var message = new byte[random.Next(1, 200)];
            random.NextBytes(message);
            message[0] = (byte)(index % 3 == 0 ? 0 : message[0]);
            network.Deliver(TimeSpan.FromMilliseconds(index * 4), message);
        }

        var (results, _) = await RunAsync("192.0.2.1", TenProbes);
        Assert.All(results, result => Assert.Equal(Loss.None, result.Loss));
    }

    [Theory]
    [InlineData(Loss.HostUnreachable, false)]
    [InlineData(Loss.TtlExceeded, false)]
    [InlineData(Loss.AdminProhibited, true)]
    public async Task An_icmp_error_decides_its_probe_at_once(Loss loss, bool quotesHeaderOnly)
    {
        network["192.0.2.1"] = new() { Error = loss, QuotesHeaderOnly = quotesHeaderOnly };
        network["192.0.2.2"] = new();
        await using var engine = Open();
        var unreachable = CollectAsync(engine, "192.0.2.1", TenProbes);
        var reachable = CollectAsync(engine, "192.0.2.2", TenProbes);
        network.Begin();
        Assert.All((await unreachable).Results, result =>
            Assert.Equal((loss, IPAddress.Parse("192.0.2.254")), (result.Loss, result.ReportedBy)));
        Assert.All((await reachable).Results, result => Assert.Equal(Loss.None, result.Loss));
    }

    [Fact]
    public async Task What_the_own_kernel_does_not_take_was_not_sent()
    {
        network["192.0.2.1"] = new() { SendFails = Loss.NetworkUnreachable };
        var (results, tally) = await RunAsync("192.0.2.1", TenProbes);
        Assert.All(results, result => Assert.Equal(Loss.NetworkUnreachable, result.Loss));
        Assert.Equal((10, 10, 10), (tally.Sent, tally.Lost, tally.NotSent));
    }

    [Fact]
    public async Task Dead_and_slow_targets_delay_no_other()
    {
        const int Targets = 300;
        await using var engine = Open();
        var runs = new List<Task<(List<ProbeResult> Results, ProbeTally Tally)>>();
        for (var target = 0; target < Targets; target++)
        {
            var address = $"198.51.100.{target % 250}";
            if (target >= 250)
                address = $"203.0.113.{target - 250}";
            // A third is dead, a third takes 2.9 s.
            if (target % 3 > 0)
                network[address] = new() { Delay = target % 3 == 1 ? TimeSpan.FromSeconds(2.9) : TimeSpan.FromMilliseconds(1) };
            runs.Add(CollectAsync(engine, address, TenProbes with { StartDelay = TimeSpan.FromMilliseconds(target * 3) }));
        }

        network.Begin();
        var done = await Task.WhenAll(runs);
        for (var target = 0; target < Targets; target++)
        {
            var expected = target % 3 == 1 ? 2_900_000_000 : 1_000_000;
            Assert.All(done[target].Results, result => Assert.Equal(target % 3 == 0 ? 0 : expected, result.RttNanoseconds));
            var first = network.Sent.Where(sent => sent.Destination.Equals(AddressOf(target))).Select(sent => sent.At).ToList();
            for (var probe = 0; probe < 10; probe++)
            {
                var due = TimeSpan.FromSeconds(probe) + TimeSpan.FromMilliseconds(target * 3);
                Assert.InRange(first[probe], due - TimeSpan.FromMilliseconds(10), due);
            }
        }

        static IPAddress AddressOf(int target) => IPAddress.Parse(target < 250 ? $"198.51.100.{target}" : $"203.0.113.{target - 250}");
    }

    [Fact]
    public async Task Probes_due_within_ten_milliseconds_share_a_wake_up()
    {
        await using var engine = Open();
        var runs = new List<Task>();
        for (var target = 1; target <= 200; target++)
        {
            network[$"192.0.2.{target}"] = new() { Delay = TimeSpan.FromMilliseconds(4) };
            runs.Add(CollectAsync(engine, $"192.0.2.{target}", TenProbes with { StartDelay = TimeSpan.FromMilliseconds(target * 5) }));
        }

        network.Begin();
        await Task.WhenAll(runs);
        // 2,000 probes in 10 s at 5 ms: three go with each wake-up, and answers are taken on the way.
        Assert.InRange(network.WakeUpsUntilLastSent, 100, 1_100);
    }

    [Fact]
    public async Task An_answer_that_came_while_we_paused_is_not_lost_and_the_pause_is_told()
    {
        // A pause is known from the first timer it makes late, here that of the probe due at 5 s: the answer comes after that.
        network["192.0.2.1"] = new() { DelayOf = _ => TimeSpan.FromMilliseconds(1_050) };
        network.Pause(TimeSpan.FromSeconds(4.1), TimeSpan.FromSeconds(3.5));
        var (results, tally) = await RunAsync("192.0.2.1", TenProbes);
        Assert.All(results, result => Assert.Equal((Loss.None, 1_050_000_000L), (result.Loss, result.RttNanoseconds)));
        Assert.Equal([4], results.Where(result => result.DuringOwnPause).Select(result => result.Sequence));
        // One probe leaves late, the other turns of the pause are left out: no burst afterwards, and the grid is kept.
        Assert.Equal(10, tally.Received);
        Assert.Equal(2, tally.Skipped);
        Assert.All(network.Sent, sent => Assert.InRange((sent.At.TotalMilliseconds + 10) % 1_000, 0, 10.001 + (sent.At.TotalSeconds is > 7 and < 8 ? 1_000 : 0)));
    }

    [Fact]
    public async Task A_suspended_machine_is_a_pause_although_the_monotonic_clock_stood_still()
    {
        network["192.0.2.1"] = new() { DelayOf = _ => TimeSpan.FromMilliseconds(200), Loses = probe => probe == 4 };
        network.SetClock(TimeSpan.FromSeconds(4.1), TimeSpan.FromHours(8));
        var (results, _) = await RunAsync("192.0.2.1", TenProbes);
        Assert.Equal([4], results.Where(result => result.DuringOwnPause).Select(result => result.Sequence));
    }

    [Theory]
    [InlineData(3_600)]
    [InlineData(-3_600)]
    [InlineData(0.05)]
    public async Task Setting_the_clock_changes_no_round_trip_time(double seconds)
    {
        network["192.0.2.1"] = new() { DelayOf = _ => TimeSpan.FromMilliseconds(200) };
        network.SetClock(TimeSpan.FromSeconds(4.1), TimeSpan.FromSeconds(seconds));
        var (results, _) = await RunAsync("192.0.2.1", TenProbes);
        Assert.All(results, result => Assert.Equal(200_000_000, result.RttNanoseconds));
        Assert.Equal([4], results.Where(result => result.Clock == ClockSource.User).Select(result => result.Sequence));
    }

    [Fact]
    public async Task Without_kernel_stamps_the_clock_is_ours_and_says_so()
    {
        var plain = new SimulatedNetwork(new ManualTime()) { HasKernelStamps = false };
        plain["192.0.2.1"] = new();
        await using var engine = IcmpEngine.Open(plain.Time, plain);
        var run = CollectAsync(engine, "192.0.2.1", TenProbes);
        plain.Begin();
        Assert.All((await run).Results, result => Assert.Equal((10_000_000L, ClockSource.User), (result.RttNanoseconds, result.Clock)));
    }

    [Fact]
    public async Task Cancelling_ends_a_run_and_is_no_loss()
    {
        network["192.0.2.1"] = new();
        await using var engine = Open();
        using var stop = new CancellationTokenSource();
        var run = engine.CreateRun(IPAddress.Parse("192.0.2.1"), IcmpProbeOptions.Default);
        network.Begin();
        var seen = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var result in run.ReadAllAsync(stop.Token))
            {
                Assert.Equal(Loss.None, result.Loss);
                if (++seen == 5)
                    stop.Cancel();
            }
        });
        Assert.Equal(0, run.Tally.Lost);
    }

    [Fact]
    public async Task A_reader_that_does_not_read_stops_its_own_probes_only()
    {
        network["192.0.2.1"] = new();
        network["192.0.2.2"] = new();
        await using var engine = Open();
        var idle = engine.CreateRun(IPAddress.Parse("192.0.2.1"), IcmpProbeOptions.Default with { Count = 20_000, Interval = TimeSpan.FromMilliseconds(10) });
        var stalled = idle.ReadAllAsync().GetAsyncEnumerator();
        var first = stalled.MoveNextAsync();
        var other = CollectAsync(engine, "192.0.2.2", IcmpProbeOptions.Default with { Count = 200 });
        network.Begin();
        Assert.Equal(200, (await other).Tally.Received);
        Assert.True(await first);
        Assert.True(idle.Tally.Skipped > 10_000, $"skipped {idle.Tally.Skipped}");
        Assert.True(idle.Tally.Sent < 2_000, $"sent {idle.Tally.Sent}");
        await stalled.DisposeAsync();
    }

    [Fact]
    public async Task Closing_the_engine_ends_its_runs_with_a_reason()
    {
        network["192.0.2.1"] = new();
        var engine = Open();
        var run = engine.ProbeAsync(IPAddress.Parse("192.0.2.1"), IcmpProbeOptions.Default).GetAsyncEnumerator();
        var next = run.MoveNextAsync();
        network.Begin();
        Assert.True(await next);
        await engine.DisposeAsync();
        var exception = await Assert.ThrowsAsync<ProbingException>(async () =>
        {
            while (await run.MoveNextAsync())
            {
            }
        });
        Assert.Equal(ProbingFailure.Stopped, exception.Reason);
        exception = await Assert.ThrowsAsync<ProbingException>(async () => await engine.ProbeAsync(IPAddress.Loopback, TenProbes).GetAsyncEnumerator().MoveNextAsync());
        Assert.Equal(ProbingFailure.Stopped, exception.Reason);
    }

    [Fact]
    public async Task Options_out_of_bounds_are_refused_with_a_sentence()
    {
        await using var engine = Open();
        IcmpProbeOptions[] bad =
        [
            IcmpProbeOptions.Default with { Count = 0 },
            IcmpProbeOptions.Default with { Interval = TimeSpan.Zero },
            IcmpProbeOptions.Default with { Deadline = TimeSpan.FromMicroseconds(1) },
            IcmpProbeOptions.Default with { PayloadBytes = 15 },
            IcmpProbeOptions.Default with { PayloadBytes = 65_508 },
            IcmpProbeOptions.Default with { Dscp = 64 },
            IcmpProbeOptions.Default with { Ttl = 0 },
            IcmpProbeOptions.Default with { StartDelay = TimeSpan.FromSeconds(-1) },
        ];
        Assert.All(bad, options => Assert.Throws<ArgumentException>(() => engine.CreateRun(IPAddress.Loopback, options)));
        network.Begin();
    }

    public void Dispose() => network.Dispose();

    IcmpEngine Open() => IcmpEngine.Open(network.Time, network);

    async Task<(List<ProbeResult> Results, ProbeTally Tally)> RunAsync(string address, IcmpProbeOptions options, IcmpEngine? engine = null)
    {
        await using var opened = engine ?? Open();
        var run = CollectAsync(opened, address, options);
        network.Begin();
        return await run;
    }

    static async Task<(List<ProbeResult> Results, ProbeTally Tally)> CollectAsync(IcmpEngine engine, string address, IcmpProbeOptions options)
    {
        var run = engine.CreateRun(IPAddress.Parse(address), options);
        var results = new List<ProbeResult>();
        await foreach (var result in run.ReadAllAsync())
            results.Add(result);
        // By number: they come in the order of their decision.
        return ([.. results.OrderBy(result => result.Sequence)], run.Tally);
    }
}
