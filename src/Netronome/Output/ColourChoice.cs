namespace Netronome.Output;

/// <summary>When output is coloured: <c>--color</c> beats <c>NO_COLOR</c> beats <c>FORCE_COLOR</c> beats "is it a terminal".</summary>
static class ColourChoice
{
    /// <summary>Decides from the flag (<c>always</c>, <c>never</c>, <c>auto</c> or null) and the environment.</summary>
    public static bool Decide(string? flag, Func<string, string?> environment, bool isTerminal)
    {
        if (flag is "always" or "never")
            return flag == "always";
        // no-color.org: present and not empty.
        if (!string.IsNullOrEmpty(environment("NO_COLOR")))
            return false;
        if (!string.IsNullOrEmpty(environment("FORCE_COLOR")))
            return true;
        return isTerminal && environment("TERM") != "dumb";
    }
}
