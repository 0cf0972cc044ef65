using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Netronome.Server.Accounts;

/// <summary>
/// Passwords as <c>$pbkdf2-sha512$i=210000$salt$hash</c>: PBKDF2-HMAC-SHA-512 (RFC 8018 §5.2) with the iterations OWASP's
/// password storage sheet asks for, a salt of 16 bytes and 32 bytes of output, each stored so that they can grow.
/// </summary>
static class PasswordHash
{
    public const int Iterations = 210_000;

    const int SaltBytes = 16;
    const int HashBytes = 32;
    const int MostIterations = 10_000_000;

    /// <summary>A hash nobody's password has: checked for unknown users, so that they take as long as known ones.</summary>
    public static string Unknown { get; } = Create(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    public static string Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"$pbkdf2-sha512$i={Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Iterations))}";
    }

    public static bool Verify(string password, string stored) =>
        TryParse(stored, out var iterations, out var salt, out var hash)
        && CryptographicOperations.FixedTimeEquals(Derive(password, salt, iterations), hash);

    /// <summary>Whether it was made with weaker parameters than today's.</summary>
    public static bool IsOutdated(string stored) => !TryParse(stored, out var iterations, out _, out _) || iterations < Iterations;

    static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, iterations, HashAlgorithmName.SHA512, HashBytes);

    static bool TryParse(string stored, out int iterations, out byte[] salt, out byte[] hash)
    {
        (iterations, salt, hash) = (0, [], []);
        if (stored.Split('$') is not ["", "pbkdf2-sha512", ['i', '=', .. var count], var saltText, var hashText]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out iterations)
            || iterations is < 1 or > MostIterations)
            return false;
        (salt, hash) = (new byte[saltText.Length], new byte[hashText.Length]);
        if (!Convert.TryFromBase64String(saltText, salt, out var saltLength) || !Convert.TryFromBase64String(hashText, hash, out var hashLength))
            return false;
        (salt, hash) = (salt[..saltLength], hash[..hashLength]);
        return hashLength == HashBytes;
    }
}
