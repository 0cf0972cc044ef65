namespace Netronome.Architecture.Tests;

public sealed class SourceTests
{
    static readonly string[] Code = [".cs", ".ts", ".tsx", ".mjs", ".js"];

    static IEnumerable<string> Everything => ((string[])["src", "tests", "bench", "web"]).SelectMany(folder => Repository.Files(folder, Code));

    static IEnumerable<string> Shipped => Repository.Files("src", ".cs");

    /// <summary>Every rule's own wording and samples stand in this project.</summary>
    static bool IsAboutTheRules(string path) => path.StartsWith("tests/Netronome.Architecture.Tests/", StringComparison.Ordinal);

    [Fact]
    public void There_are_sources_to_judge() => Assert.True(Everything.Count() > 10);

    [Fact]
    public void No_file_is_longer_than_its_excuse() => Verdict.Clean(Judge(Everything, SourceRules.Length));

    [Fact]
    public void No_folder_and_no_file_is_named_after_nothing() =>
        Verdict.Clean(Everything.Concat(Repository.Folders("src")).Select(SourceRules.Name).OfType<string>());

    [Fact]
    public void No_source_has_regions() => Verdict.Clean(Judge(Shipped, SourceRules.Regions));

    [Fact]
    public void No_source_imports_natively_at_run_time() => Verdict.Clean(Judge(Shipped, SourceRules.Imports));

    [Fact]
    public void Every_namespace_is_file_scoped_and_equal_to_its_folder() => Verdict.Clean(Judge(Shipped, SourceRules.Namespace));

    [Fact]
    public void No_source_is_left_unfinished() =>
        Verdict.Clean(Judge(Everything.Where(path => !IsAboutTheRules(path)), SourceRules.Unfinished));

    [Fact]
    public void Every_folder_of_a_project_is_a_room_in_the_plan() =>
        Verdict.Clean(Repository.Folders("src").Where(folder => !IsRoom(folder)));

    [Fact]
    public void The_rules_see_what_they_forbid()
    {
        var longText = new string('\n', 500);
        Assert.NotNull(SourceRules.Length("a.cs", longText));
        Assert.Null(SourceRules.Length("a.cs", "// Long because a table is one thing.\n" + longText));
        Assert.NotNull(SourceRules.Name("src/Netronome.Server/Helpers/Text.cs"));
        Assert.NotNull(SourceRules.Name("src/Netronome.Server/Series/SeriesManager.cs"));
        Assert.NotNull(SourceRules.Name("web/src/utils/format.ts"));
        Assert.Null(SourceRules.Name("src/Netronome.Server/Series/SeriesStore.cs"));
        Assert.NotNull(SourceRules.Regions("a.cs", "class A\n{\n    #region Fields\n"));
        Assert.NotNull(SourceRules.Imports("a.cs", "[DllImport(\"libc\")]"));
        Assert.NotNull(SourceRules.Namespace("src/Netronome.Server/Series/A.cs", "namespace Netronome.Server;\nclass A;\n"));
        Assert.NotNull(SourceRules.Namespace("src/Netronome.Server/Series/A.cs", "namespace Netronome.Server.Series\n{\n}\nsealed class A;\n"));
        Assert.Null(SourceRules.Namespace("src/Netronome.Server/Series/A.cs", "namespace Netronome.Server.Series;\nclass A;\n"));
        Assert.Null(SourceRules.Namespace("src/Netronome/Program.cs", "return 0;\n"));
        Assert.NotNull(SourceRules.Unfinished("a.cs", "// TODO later"));
        Assert.False(IsRoom("src/Netronome.Server/Cellar"));
        Assert.True(IsRoom("src/Netronome.Server/Series/Chunks"));
    }

    static IEnumerable<string> Judge(IEnumerable<string> files, Func<string, string, string?> rule) =>
        files.Select(file => rule(file, Repository.Read(file))).OfType<string>();

    /// <summary>Only the first folder below a project must be in the plan; a room arranges its own inside.</summary>
    static bool IsRoom(string folder)
    {
        var parts = folder.Split('/');
        return House.Rooms.TryGetValue(parts[1], out var rooms) && (parts.Length == 2 || rooms.Contains(parts[2]));
    }
}
