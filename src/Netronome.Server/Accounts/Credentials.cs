using Netronome.Server.Http;

namespace Netronome.Server.Accounts;

/// <summary>What names and passwords may look like.</summary>
static class Credentials
{
    public const int MostNameLength = 64;
    public const int LeastPasswordLength = 8;
    public const int MostPasswordLength = 1024;

    /// <summary>Adds what is wrong with a new account's name.</summary>
    public static void CheckName(FaultList faults, string? username)
    {
        if (string.IsNullOrEmpty(username))
            faults.Add("username", "required", "A user name is needed.");
        else if (username.Length > MostNameLength)
            faults.Add("username", "too_long", $"A user name has at most {MostNameLength} characters.");
        else if (!username.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '@' or '+') || username[0] == '-')
            faults.Add("username", "bad_characters", "A user name is made of letters, digits and . _ @ + - and does not begin with -.");
    }

    /// <summary>Adds what is wrong with a new password. Length is the only rule (NIST SP 800-63B §3.1.1).</summary>
    public static void CheckPassword(FaultList faults, string member, string? password)
    {
        if (string.IsNullOrEmpty(password))
            faults.Add(member, "required", "A password is needed.");
        else if (password.Length < LeastPasswordLength)
            faults.Add(member, "too_short", $"A password has at least {LeastPasswordLength} characters.");
        else if (password.Length > MostPasswordLength)
            faults.Add(member, "too_long", $"A password has at most {MostPasswordLength:N0} characters.");
    }
}
