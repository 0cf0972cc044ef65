namespace Netronome.Architecture.Tests;

public sealed class SliceTests
{
    [Fact]
    public void A_slice_of_the_server_uses_of_another_only_what_is_public()
    {
        using var uses = new AssemblyUses(Path.Combine(AppContext.BaseDirectory, "Netronome.Server.dll"));
        Verdict.Clean(Trespasses(uses.OwnUses(), "Netronome.Server", House.SharedServerRooms).Select(use => $"{use.User} uses {use.What}"));
    }

    [Fact]
    public void The_rule_sees_each_way_into_the_inside_of_another_slice()
    {
        const string Samples = "Netronome.Architecture.Tests.Samples";
        using var uses = new AssemblyUses(typeof(SliceTests).Assembly.Location);
        var own = uses.OwnUses();

        var found = Trespasses(own, Samples, []).Select(use => use.What[(Samples.Length + 1)..]).Order(StringComparer.Ordinal);

        Assert.Equal(
            ["Kitchen.Drawer", "Kitchen.Drawer..ctor", "Kitchen.Drawer.Knives", "Kitchen.Menu.get_Secret"], found.Distinct());
        Assert.Empty(Trespasses(own, Samples, ["Kitchen"]));
    }

    /// <summary>
    /// Uses from one slice (namespace below the root) into another that is not shared, of something that is not public.
    /// Types in the root itself (ServerHost, ServerOptions, ServerJson) see everything.
    /// </summary>
    static IEnumerable<TypeUse> Trespasses(IReadOnlyList<TypeUse> uses, string root, string[] shared) =>
        from use in uses
        let guest = SliceOf(use.User, root)
        let host = SliceOf(use.Used, root)
        where guest is not null && host is not null && guest != host && !shared.Contains(host) && !use.IsPublic
        select use;

    static string? SliceOf(string type, string root) =>
        TypeUse.NamespaceOf(type) is var name && name.StartsWith(root + ".", StringComparison.Ordinal)
            ? name[(root.Length + 1)..].Split('.')[0]
            : null;
}
