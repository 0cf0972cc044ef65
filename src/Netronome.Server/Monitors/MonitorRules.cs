using System.Net;
using System.Net.Sockets;
using Netronome.Probing.Icmp;
using Netronome.Server.Http;
using Netronome.Server.Scheduling;

namespace Netronome.Server.Monitors;

/// <summary>What a monitor may look like.</summary>
static class MonitorRules
{
    const int MostNameLength = 100;
    const int MostPackets = 1000;
    const int MostMs = 60_000;

    /// <summary>Fills in the defaults and adds what is wrong.</summary>
    public static MonitorDefinition ToDefinition(FaultList faults, MonitorRequest body, TimeZoneInfo zone)
    {
        var target = body.Target?.Trim();
        HostName.Check(faults, "target", target);
        if (body.Kind is not (null or "icmp"))
            faults.Add("kind", "not_available", "The kind is icmp.");
        var name = string.IsNullOrWhiteSpace(body.Name) ? target ?? "" : body.Name.Trim();
        if (body.Name is not null && name != target)
            Names.Check(faults, "name", name, MostNameLength);

        var definition = new MonitorDefinition { Name = name, Target = target ?? "" };
        definition = definition with
        {
            Enabled = body.Enabled ?? definition.Enabled,
            Every = body.Every?.Trim() ?? definition.Every,
            Zone = string.IsNullOrWhiteSpace(body.Zone) ? null : body.Zone.Trim(),
            Packets = body.Packets ?? definition.Packets,
            SpacingMs = body.SpacingMs ?? definition.SpacingMs,
            DeadlineMs = body.DeadlineMs ?? definition.DeadlineMs,
            SizeBytes = body.SizeBytes ?? definition.SizeBytes,
            Dscp = body.Dscp ?? definition.Dscp,
            Family = body.Family ?? definition.Family,
            Source = string.IsNullOrWhiteSpace(body.Source) ? null : body.Source.Trim(),
        };

        faults.Range("packets", definition.Packets, 1, MostPackets);
        faults.Range("spacingMs", definition.SpacingMs, 10, MostMs, " ms");
        faults.Range("deadlineMs", definition.DeadlineMs, 10, MostMs, " ms");
        faults.Range("sizeBytes", definition.SizeBytes, IcmpProbeOptions.MinimumPayloadBytes, IcmpProbeOptions.MaximumPayloadBytes, " bytes");
        faults.Range("dscp", definition.Dscp, 0, 63);
        CheckFamily(faults, definition);
        CheckCycle(faults, definition, zone);
        return definition;
    }

    /// <summary>The definition's schedule; only for one that passed.</summary>
    public static Schedule ScheduleOf(MonitorDefinition definition, TimeZoneInfo zone)
    {
        var found = definition.Zone is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var named) ? named : zone;
        return Schedule.TryParse(definition.Every, found, out var schedule, out var reason)
            ? schedule
            : throw new InvalidOperationException($"The stored schedule {definition.Every} {reason}.");
    }

    /// <summary>How long one cycle takes at most.</summary>
    public static TimeSpan CycleOf(MonitorDefinition definition) =>
        TimeSpan.FromMilliseconds((long)(definition.Packets - 1) * definition.SpacingMs + definition.DeadlineMs);

    static void CheckFamily(FaultList faults, MonitorDefinition definition)
    {
        if (HostName.TryParseAddress(definition.Target, out var address) && !Fits(address, definition.Family))
            faults.Add("family", "mismatch", $"{address} is not of the chosen family.");
        if (definition.Source is not { } text)
            return;
        if (!HostName.TryParseAddress(text, out var source) || !HostName.IsProbeable(source))
            faults.Add("source", "bad_address", "The source is an address of this machine.");
        else if (!Fits(source, definition.Family) || (HostName.TryParseAddress(definition.Target, out address) && address.AddressFamily != source.AddressFamily))
            faults.Add("source", "mismatch", "The source is not of the target's family.");
    }

    static bool Fits(IPAddress address, MonitorFamily family) => family switch
    {
        MonitorFamily.Ipv4 => address.AddressFamily == AddressFamily.InterNetwork,
        MonitorFamily.Ipv6 => address.AddressFamily == AddressFamily.InterNetworkV6,
        _ => true,
    };

    static void CheckCycle(FaultList faults, MonitorDefinition definition, TimeZoneInfo zone)
    {
        if (definition.Zone is { } id && !TimeZoneInfo.TryFindSystemTimeZoneById(id, out _))
            faults.Add("zone", "unknown_zone", "The zone is a name such as Europe/Oslo.");
        if (!Schedule.TryParse(definition.Every, zone, out var schedule, out var reason))
        {
            faults.Add("every", "bad_schedule", $"every {reason}. It is a duration such as 5s, or exact:06:30,18:30.");
            return;
        }

        // Single probes overlap: each has its own deadline. A cycle of several must be over before the next.
        if (definition.Packets > 1 && schedule.Every is { } every && CycleOf(definition) > every)
        {
            faults.Add("every", "cycle_too_long",
                $"{definition.Packets:N0} probes {definition.SpacingMs:N0} ms apart with {definition.DeadlineMs:N0} ms for the last take "
                + $"{CycleOf(definition).TotalSeconds:0.###} s, longer than every {definition.Every}.");
        }
    }
}
