using System.Globalization;

namespace Netronome.TestLab;

/// <summary>Loss and rate of a link's end, done by the kernel.</summary>
static class LinkShaper
{
    /// <summary>
    /// Drops at the ingress of the receiving device, so that the sender's socket never learns of it (a drop at its own
    /// egress would come back as ENOBUFS). ARP is spared: a lost neighbour is another test.
    /// </summary>
    internal static void SetLoss(LinkEnd receiver, double ratio)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ratio);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ratio, 1);
        var perMillion = (int)Math.Round(ratio * 1_000_000);
        var table = $"lab_{receiver.Device.Replace('-', '_')}";
        var rule = perMillion == 0 ? ""
            : perMillion == 1_000_000 ? "meta protocol { ip, ip6 } counter drop"
            : string.Create(CultureInfo.InvariantCulture, $"meta protocol {{ ip, ip6 }} numgen random mod 1000000 < {perMillion} counter drop");
        receiver.Host.Nft($$"""
            table netdev {{table}} { chain loss { type filter hook ingress device "{{receiver.Device}}" priority 0; }; }
            flush chain netdev {{table}} loss
            table netdev {{table}} { chain loss { {{rule}}; }; }
            """);
    }

    /// <summary>A token bucket that holds 10 ms of the rate, but at least one full packet; larger segments are cut up by the kernel.</summary>
    internal static void SetRate(LinkEnd sender, LinkConditions conditions)
    {
        if (conditions.BitsPerSecond is not { } rate)
        {
            // Fails when there is no bucket yet, which is as well.
            Tool.TryRun("tc", ["-n", sender.Host.NamespaceName, "qdisc", "delete", "dev", sender.Device, "root"]);
            return;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 1000);
        var burst = Math.Max(rate / 8 / 100, 2_000);
        var latency = (long)conditions.QueueLimit.TotalMicroseconds;
        Tool.Run("tc",
        [
            "-n", sender.Host.NamespaceName, "qdisc", "replace", "dev", sender.Device, "root", "tbf",
            "rate", string.Create(CultureInfo.InvariantCulture, $"{rate}bit"),
            "burst", string.Create(CultureInfo.InvariantCulture, $"{burst}"),
            "latency", string.Create(CultureInfo.InvariantCulture, $"{latency}us"),
        ]);
    }
}
