namespace Netronome.TestLab;

/// <summary>A program to run, and as whom.</summary>
public sealed record ProgramCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>The user of an unprivileged run on every Debian and most others ("nobody").</summary>
    public const int Nobody = 65534;

    /// <summary>The user and group to become; null stays who we are.</summary>
    public int? UserId { get; init; }

    /// <summary>Capabilities the user keeps (ambient), named as in capabilities(7) without CAP_: "net_raw".</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Variables added to our own; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? WorkingFolder { get; init; }

    /// <summary>The same command as an unprivileged user with the given capabilities.</summary>
    public ProgramCommand Unprivileged(params IReadOnlyList<string> capabilities) =>
        this with { UserId = Nobody, Capabilities = capabilities };
}
