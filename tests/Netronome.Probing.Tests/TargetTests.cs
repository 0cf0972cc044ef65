using System.Net;

namespace Netronome.Probing.Tests;

public sealed class TargetTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    public void Literal_addresses_need_no_resolver(string text, string address)
    {
        Assert.True(Target.TryParse(text, out var target, out _));
        Assert.Equal(IPAddress.Parse(address), target.Literal);
        Assert.Equal(text, target.ToString());
    }

    [Theory]
    [InlineData("localhost", "localhost")]
    [InlineData("router.example.org.", "router.example.org.")]
    [InlineData("my_printer", "my_printer")]
    [InlineData("3com.example", "3com.example")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("日本語。jp", "xn--wgv71a119e.jp")]
    public void Host_names_become_what_dns_knows(string text, string host)
    {
        Assert.True(Target.TryParse(text, out var target, out var reason), reason);
        Assert.Null(target.Literal);
        Assert.Equal(host, target.Host);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    [InlineData("-c", "looks like an option")]
    [InlineData("--flood", "looks like an option")]
    [InlineData("a b", "a space")]
    [InlineData("example.org;reboot", "';'")]
    [InlineData("$(reboot)", "'$'")]
    [InlineData("a\nb", "control character")]
    [InlineData("a..b", "empty part")]
    [InlineData(".", "empty part")]
    [InlineData("-a.example", "looks like an option")]
    [InlineData("a.-b.example", "hyphen")]
    [InlineData("1.2.3", "four numbers")]
    [InlineData("1.2.3.400", "four numbers")]
    [InlineData("010.1.1.1", "four numbers")]
    [InlineData("0x7f000001", "four numbers")]
    [InlineData("2130706433", "four numbers")]
    [InlineData("::g", "IPv6")]
    [InlineData("host:80", "IPv6")]
    [InlineData("snow☃man.example", "xn--")]
    [InlineData("e\u0301.example", "xn--")]
    [InlineData("\u202Eexample", "xn--")]
    public void Bad_names_are_refused_with_a_sentence(string? text, string part)
    {
        Assert.False(Target.TryParse(text, out _, out var reason));
        Assert.Contains(part, reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', reason);
        Assert.EndsWith(".", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_300_characters_and_parts_of_64_are_refused()
    {
        Assert.False(Target.TryParse(string.Join('.', Enumerable.Repeat(new string('a', 59), 5)), out _, out var reason));
        Assert.Contains("253", reason, StringComparison.Ordinal);
        Assert.False(Target.TryParse(new string('a', 64), out _, out reason));
        Assert.Contains("63", reason, StringComparison.Ordinal);
        Assert.True(Target.TryParse(new string('a', 63), out _, out _));
    }

    [Fact]
    public async Task A_literal_of_the_other_family_is_a_resolving_failure()
    {
        Assert.True(Target.TryParse("::1", out var target, out _));
        var exception = await Assert.ThrowsAsync<ProbingException>(() => TargetResolver.ResolveAsync(target, FamilyChoice.V4, default));
        Assert.Equal(ProbingFailure.NameNotResolved, exception.Reason);
        Assert.Equal(IPAddress.IPv6Loopback, await TargetResolver.ResolveAsync(target, FamilyChoice.V6, default));
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_a_resolving_failure()
    {
        // RFC 6761 §6.4: never resolves; without a name server the resolver says "try again", which is the same reason.
        Assert.True(Target.TryParse("nothing.invalid", out var target, out _));
        var exception = await Assert.ThrowsAsync<ProbingException>(() => TargetResolver.ResolveAsync(target, FamilyChoice.Any, default));
        Assert.Equal(ProbingFailure.NameNotResolved, exception.Reason);
        Assert.Contains("nothing.invalid", exception.Message, StringComparison.Ordinal);
    }
}
