using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Netronome.Server.Page;

namespace Netronome.Server.Tests.Page;

public class PageTests
{
    [Theory]
    [InlineData("/", "", "/")]
    [InlineData("/net/work/", "", "/net/work/")]
    [InlineData("/net/work", "net/work/", "/net/work/")]
    [InlineData("net/work", "net/work/monitors/12", "/net/work/")]
    [InlineData("/", "monitors/12/edit", "/")]
    public async Task The_document_is_served_for_every_page_with_its_base(string baseUrl, string path, string href)
    {
        await using var server = await TestServer.StartAsync(options => options with { BaseUrl = baseUrl });
        using var answer = await server.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoCache);
        Assert.Contains($"<base href=\"{href}\">", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_base_without_its_slash_leads_to_the_one_with_it()
    {
        await using var server = await TestServer.StartAsync(options => options with { BaseUrl = "/net" });
        using var answer = await server.Client.GetAsync("net?x=1");

        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Equal("/net/?x=1", answer.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("network")).StatusCode);
    }

    [Theory]
    [InlineData("api/auth/status")]
    [InlineData("net/api/auth/status")]
    [InlineData("health")]
    [InlineData("net/health")]
    public async Task A_proxy_may_strip_the_base_or_pass_it_on(string path)
    {
        await using var server = await TestServer.StartAsync(options => options with { BaseUrl = "/net" });

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(path)).StatusCode);
    }

    [Fact]
    public void Inline_scripts_are_allowed_by_their_hash_and_the_base_is_written_once()
    {
        const string Script = "document.documentElement.dataset.theme='dark'";
        var files = Files("/net", ("index.html", $"<html><head><base href=\"/\"><script>{Script}</script><script src=\"./a.js\"></script></head></html>"));

        Assert.Equal(["sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))], files.InlineScriptHashes);
        Assert.Contains("<base href=\"/net/\">", Encoding.UTF8.GetString(files.Index));
        Assert.DoesNotContain("<base href=\"/\">", Encoding.UTF8.GetString(files.Index));
    }

    [Fact]
    public void A_compressed_file_is_itself_again_when_unpacked()
    {
        var plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("export const answer = 42;\n", 100)));
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(plain);
        var file = PageFiles.Of(new Dictionary<string, byte[]> { ["assets/a-12345678.js.br"] = packed.ToArray() }, "").Find("assets/a-12345678.js")!;

        Assert.True(file.IsBrotli);
        Assert.Equal("text/javascript; charset=utf-8", file.ContentType);
        Assert.Equal(plain, file.Plain());
    }

    [Theory]
    [InlineData("assets/../index.html")]
    [InlineData("assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("assets/..%5c..%5cetc%5cpasswd")]
    [InlineData("assets/%00")]
    public async Task No_path_reaches_the_file_system(string path)
    {
        await using var server = await TestServer.StartAsync();
        using var answer = await server.Client.GetAsync(path);

        Assert.DoesNotContain("root:", await answer.Content.ReadAsStringAsync());
    }

    static PageFiles Files(string basePath, params (string Path, string Text)[] files) =>
        PageFiles.Of(files.ToDictionary(file => file.Path, file => Encoding.UTF8.GetBytes(file.Text)), basePath);
}
