namespace Netronome.Probing;

/// <summary>Counts of one run so far. Each is exact; read while the run goes on, they may be one probe apart from each other.</summary>
public readonly record struct ProbeTally
{
    /// <summary>Probes begun, whether or not the kernel took them.</summary>
    public long Sent { get; init; }

    /// <summary>Probes answered before their deadline.</summary>
    public long Received { get; init; }

    /// <summary>Probes decided as lost, for whatever reason.</summary>
    public long Lost { get; init; }

    /// <summary>Of the lost: those that never were on the wire.</summary>
    public long NotSent { get; init; }

    /// <summary>Of the lost: those whose answer came after all, after the deadline and within 10 s of sending.</summary>
    public long Late { get; init; }

    /// <summary>Further answers to probes already answered.</summary>
    public long Duplicates { get; init; }

    /// <summary>Answers to our probes with a wrong checksum or altered data; they answer nothing.</summary>
    public long Corrupted { get; init; }

    /// <summary>Answers that came after the answer to a later probe.</summary>
    public long Reordered { get; init; }

    /// <summary>Turns left out, because the reader of the results was too far behind or because we were paused for longer than the interval.</summary>
    public long Skipped { get; init; }

    /// <summary>Probes neither answered nor lost yet.</summary>
    public long InFlight => Sent - Received - Lost;
}
