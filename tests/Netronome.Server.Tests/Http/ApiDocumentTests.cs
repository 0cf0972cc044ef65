using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netronome.Server.Tests.Http;

public class ApiDocumentTests
{
    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>With NETRONOME_WRITE_OPENAPI=1 the test writes the document instead of comparing it.</summary>
    [Fact]
    public async Task The_document_in_docs_is_the_one_the_server_makes()
    {
        await using var server = await TestServer.StartAsync(seams: ApiDescription.Seams);
        var client = server.Client;
        var document = JsonNode.Parse(await client.GetStringAsync(ApiDescription.Route.TrimStart('/')))!.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        var path = Path.Combine(Root(), "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable("NETRONOME_WRITE_OPENAPI") == "1")
            await File.WriteAllTextAsync(path, document);

        Assert.True(
            File.Exists(path) && await File.ReadAllTextAsync(path) == document,
            "docs/openapi.json differs from the server's: write it anew with NETRONOME_WRITE_OPENAPI=1 and look at the difference.");
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Netronome.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The repository is not above the tests.");
        return folder;
    }
}
