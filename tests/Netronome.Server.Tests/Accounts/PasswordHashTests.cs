using Netronome.Server.Accounts;

namespace Netronome.Server.Tests.Accounts;

public class PasswordHashTests
{
    [Fact]
    public void A_password_fits_its_own_hash_and_no_other()
    {
        var stored = PasswordHash.Create("correct horse");

        Assert.StartsWith("$pbkdf2-sha512$i=210000$", stored);
        Assert.True(PasswordHash.Verify("correct horse", stored));
        Assert.False(PasswordHash.Verify("correct horsE", stored));
        Assert.NotEqual(stored, PasswordHash.Create("correct horse"));
    }

    // RFC 7914 §11 has no SHA-512 vector; this one is from "PBKDF2-HMAC-SHA512, password/salt/1" as published with RFC 6070's inputs.
    [Fact]
    public void A_hash_with_other_parameters_is_read_and_seen_as_outdated()
    {
        var hash = Convert.ToBase64String(Convert.FromHexString("867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"));
        var stored = $"$pbkdf2-sha512$i=1${Convert.ToBase64String("salt"u8)}${hash}";

        Assert.True(PasswordHash.Verify("password", stored));
        Assert.True(PasswordHash.IsOutdated(stored));
        Assert.False(PasswordHash.IsOutdated(PasswordHash.Create("password")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$2a$10$abcdefghijklmnopqrstuv")]
    [InlineData("$pbkdf2-sha512$i=0$AAAA$AAAA")]
    [InlineData("$pbkdf2-sha512$i=99999999999$AAAA$AAAA")]
    [InlineData("$pbkdf2-sha512$i=1$%%%%$AAAA")]
    [InlineData("$pbkdf2-sha512$i=1$AAAA$AAAA")]
    public void What_is_not_a_hash_of_ours_fits_no_password(string stored) => Assert.False(PasswordHash.Verify("", stored));
}
