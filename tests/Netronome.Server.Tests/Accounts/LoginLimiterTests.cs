using System.Net;
using Netronome.Server.Accounts;
using Netronome.TestLab;

namespace Netronome.Server.Tests.Accounts;

public class LoginLimiterTests
{
    static readonly IPAddress Attacker = IPAddress.Parse("198.51.100.7");
    static readonly IPAddress Owner = IPAddress.Parse("192.0.2.1");

    readonly ManualTime _time = new();

    [Fact]
    public void The_sixth_failure_in_a_minute_waits_and_each_further_wait_is_longer()
    {
        var limiter = new LoginLimiter(_time);
        var waits = new List<TimeSpan>();
        for (var round = 0; round < 6; round++)
        {
            for (var attempt = 0; attempt < 5; attempt++)
                Assert.Null(limiter.Take($"user{round}{attempt}", Attacker));
            var wait = limiter.Take("anna", Attacker);
            Assert.NotNull(wait);
            waits.Add(wait.Value);
            _time.Advance(wait.Value);
        }

        Assert.Equal([1, 2, 4, 8, 15, 15], waits.Select(wait => (int)wait.TotalMinutes));
    }

    [Fact]
    public void A_thousand_wrong_logins_do_not_keep_the_owner_out_from_another_address()
    {
        var limiter = new LoginLimiter(_time);
        var let = Enumerable.Range(0, 1000).Count(_ => limiter.Take("anna", Attacker) is null);

        Assert.Equal(5, let);
        Assert.Null(limiter.Take("anna", Owner));
    }

    [Fact]
    public void Many_addresses_share_the_tries_of_one_account_after_their_first()
    {
        var limiter = new LoginLimiter(_time);
        var addresses = Enumerable.Range(1, 100).Select(number => IPAddress.Parse($"198.51.100.{number}")).ToList();

        Assert.All(addresses, address => Assert.Null(limiter.Take("anna", address)));
        Assert.All(addresses, address => Assert.NotNull(limiter.Take("ANNA", address)));
        Assert.Null(limiter.Take("berta", addresses[0]));
    }

    [Fact]
    public void A_whole_IPv6_customer_network_counts_as_one_address()
    {
        var limiter = new LoginLimiter(_time);
        for (var host = 1; host <= 5; host++)
            Assert.Null(limiter.Take($"user{host}", IPAddress.Parse($"2001:db8:0:7::{host}")));

        Assert.NotNull(limiter.Take("anna", IPAddress.Parse("2001:db8:0:7:ffff::1")));
        Assert.Null(limiter.Take("anna", IPAddress.Parse("2001:db8:0:8::1")));
    }

    [Fact]
    public void A_right_password_clears_the_address()
    {
        var limiter = new LoginLimiter(_time);
        for (var attempt = 0; attempt < 4; attempt++)
            limiter.Take("anna", Owner);
        limiter.Succeeded("anna", Owner);

        for (var attempt = 0; attempt < 2; attempt++)
            Assert.Null(limiter.Take("berta", Owner));
    }

    [Fact]
    public void A_flood_of_names_and_addresses_stays_within_its_memory()
    {
        var limiter = new LoginLimiter(_time);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var number = 0; number < 200_000; number++)
            limiter.Take($"user{number}", new IPAddress(number));

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20 * 1024 * 1024);
    }
}
