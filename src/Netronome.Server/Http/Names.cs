namespace Netronome.Server.Http;

/// <summary>What people call things: any letters, no control characters, not endless.</summary>
static class Names
{
    public static void Check(FaultList faults, string member, string? name, int most)
    {
        if (string.IsNullOrWhiteSpace(name))
            faults.Add(member, "required", $"A {member} is needed.");
        else if (name.Length > most)
            faults.Add(member, "too_long", $"A {member} has at most {most} characters.");
        else if (name.Any(char.IsControl))
            faults.Add(member, "bad_characters", $"A {member} has no control characters.");
    }
}
