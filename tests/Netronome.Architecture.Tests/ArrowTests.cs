using System.Xml.Linq;

namespace Netronome.Architecture.Tests;

public sealed class ArrowTests
{
    public static TheoryData<string> Projects => [.. House.Arrows.Keys.Where(Exists)];

    [Fact]
    public void Every_project_of_the_source_is_in_the_plan() =>
        Verdict.Clean(Repository.Files("src", ".csproj").Select(Path.GetFileNameWithoutExtension).Except(House.Arrows.Keys));

    [Theory, MemberData(nameof(Projects))]
    public void A_project_declares_only_references_in_the_plan(string project)
    {
        var declared = ProjectReferences(Repository.Read($"src/{project}/{project}.csproj"));
        Verdict.Clean(declared.Except(House.Arrows[project]));
    }

    [Theory, MemberData(nameof(Projects))]
    public void A_compiled_project_references_only_what_the_plan_allows(string project)
    {
        using var uses = Open(project);
        Verdict.Clean(uses.ReferencedAssemblies.Where(name => name.StartsWith("Netronome", StringComparison.OrdinalIgnoreCase)).Except(House.Arrows[project]));
    }

    [Theory, MemberData(nameof(Projects))]
    public void A_compiled_project_touches_nothing_forbidden_to_it(string project)
    {
        using var uses = Open(project);
        Verdict.Clean(Touched(uses.ForeignTypes, House.Forbidden[project]));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Only_the_named_types_start_programs(string project)
    {
        using var uses = Open(project);
        var starts = uses.ForeignMembers.Where(member => member.StartsWith("System.Diagnostics.Process", StringComparison.Ordinal)
            && (member.EndsWith("::Start", StringComparison.Ordinal) || member.Contains("ProcessStartInfo", StringComparison.Ordinal)));
        var forks = uses.NativeImports.Where(import => import.Function is "fork" or "vfork" or "system" or "popen" or "posix_spawn"
            || import.Function.StartsWith("exec", StringComparison.Ordinal));
        if (House.MayStartPrograms.Length == 0)
        {
            Verdict.Clean(starts);
        }

        Verdict.Clean(forks);
    }

    [Theory, MemberData(nameof(Projects))]
    public void Only_libraries_of_the_operating_system_are_called_directly(string project)
    {
        using var uses = Open(project);
        Verdict.Clean(uses.NativeImports.Where(import => !House.NativeLibraries.Contains(import.Library)));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Every_public_type_has_a_summary(string project)
    {
        using var uses = Open(project);
        var documented = Summaries(File.ReadAllText(Path.ChangeExtension(AssemblyPath(project), ".xml")));
        Verdict.Clean(uses.PublicTypes.Where(type => type.StartsWith("Netronome", StringComparison.Ordinal)).Except(documented));
    }

    [Fact]
    public void The_rules_see_a_forbidden_reference()
    {
        Assert.Equal(["Netronome.Agent"], ProjectReferences("""
            <Project><ItemGroup><ProjectReference Include="..\Netronome.Agent\Netronome.Agent.csproj" /></ItemGroup></Project>
            """));
        Assert.Equal(
            ["System.Net.Sockets.Socket", "System.TimeProvider"],
            Touched(["System.Net.Sockets.AddressFamily", "System.Net.Sockets.Socket", "System.TimeProvider", "System.TimeProviders.X", "System.Net.IPAddress"],
                House.Forbidden["Netronome.Protocols"]));
        Assert.Equal(["A.Documented"], Summaries("""
            <doc><members><member name="T:A.Documented"><summary>Yes.</summary></member><member name="T:A.Empty"><summary> </summary></member></members></doc>
            """));
    }

    [Fact]
    public void The_reader_sees_what_this_very_assembly_does()
    {
        using var uses = new AssemblyUses(typeof(ArrowTests).Assembly.Location);
        Assert.Contains("System.Xml.Linq.XDocument", uses.ForeignTypes);
        Assert.Contains("System.IO.File::ReadAllText", uses.ForeignMembers);
        Assert.Contains("netronome", uses.ReferencedAssemblies.Append("netronome"));
        Assert.Contains("Netronome.Architecture.Tests.ArrowTests", uses.PublicTypes);
    }

    static bool Exists(string project) => File.Exists(Path.Combine(Repository.Root, "src", project, $"{project}.csproj"));

    static string AssemblyPath(string project) =>
        Path.Combine(AppContext.BaseDirectory, (project == "Netronome" ? "netronome" : project) + ".dll");

    static AssemblyUses Open(string project) => new(AssemblyPath(project));

    static List<string> ProjectReferences(string project) => [.. XDocument.Parse(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];

    static IEnumerable<string> Touched(IEnumerable<string> types, string[] forbidden) => types.Where(type =>
        forbidden.Any(name => Within(type, name)) && !House.Harmless.Any(name => Within(type, name)));

    static bool Within(string type, string name) =>
        type == name || type.StartsWith(name + ".", StringComparison.Ordinal);

    static HashSet<string> Summaries(string documentation) => [.. XDocument.Parse(documentation).Descendants("member")
        .Where(member => member.Attribute("name")!.Value.StartsWith("T:", StringComparison.Ordinal)
            && (member.Elements("inheritdoc").Any() || !string.IsNullOrWhiteSpace(member.Element("summary")?.Value)))
        .Select(member => member.Attribute("name")!.Value[2..])];
}
