namespace Netronome.Server.Http;

/// <summary>Collects every fault of a request, so that a form can show all of them at once.</summary>
sealed class FaultList
{
    readonly List<Fault> _faults = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Whether nothing was found.</summary>
    public bool None => _faults.Count == 0;

    /// <summary>The first fault as a sentence, and how many more there are.</summary>
    public string Sentence => _faults.Count switch
    {
        0 => "",
        1 => _faults[0].Detail,
        _ => $"{_faults[0].Detail} ({_faults.Count - 1} more.)",
    };

    /// <summary>Adds one fault of a member of the body.</summary>
    public void Add(string member, string code, string detail) => _faults.Add(new Fault($"#/{member}", code, detail));

    /// <summary>Adds a fault when <paramref name="value"/> is outside its bounds.</summary>
    public void Range(string member, long value, long least, long most, string unit = "")
    {
        if (value < least || value > most)
            Add(member, "out_of_range", $"{member} must be from {least:N0} to {most:N0}{unit}, not {value:N0}.");
    }
}
