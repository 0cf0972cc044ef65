using System.Collections.Frozen;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Netronome.Server.Page;

/// <summary>One file of the page as embedded.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">Its bytes, compressed when <paramref name="IsBrotli"/>.</param>
/// <param name="IsBrotli">Whether the bytes are Brotli (RFC 7932).</param>
/// <param name="ETag">Changes with the content.</param>
sealed record PageFile(string ContentType, byte[] Bytes, bool IsBrotli, string ETag)
{
    /// <summary>The bytes as they were before compression.</summary>
    public byte[] Plain()
    {
        if (!IsBrotli)
            return Bytes;
        using var compressed = new BrotliStream(new MemoryStream(Bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        compressed.CopyTo(plain);
        return plain.ToArray();
    }
}

/// <summary>The page: a table of embedded files, so that no path ever reaches the file system.</summary>
sealed partial class PageFiles
{
    const string Prefix = "page/";

    static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".json"] = "application/json",
        [".map"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
        [".txt"] = "text/plain; charset=utf-8",
    }.ToFrozenDictionary();

    readonly FrozenDictionary<string, PageFile> _files;

    PageFiles(Dictionary<string, PageFile> files, string basePath)
    {
        var html = files.Remove("index.html", out var index) ? Encoding.UTF8.GetString(index.Plain()) : NotBuilt;
        html = BaseTag.IsMatch(html)
            ? BaseTag.Replace(html, $"<base href=\"{basePath}/\">", 1)
            : html.Replace("<head>", $"<head><base href=\"{basePath}/\">", StringComparison.Ordinal);
        Index = Encoding.UTF8.GetBytes(html);
        InlineScriptHashes =
        [
            .. InlineScript.Matches(html).Select(match =>
                "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value)))),
        ];
        _files = files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The page's document with its base in it.</summary>
    public byte[] Index { get; }

    /// <summary>What the content security policy must allow by hash.</summary>
    public IReadOnlyList<string> InlineScriptHashes { get; }

    /// <summary>Reads what was embedded into this assembly.</summary>
    public static PageFiles Load(string basePath)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            Add(files, name[Prefix.Length..].Replace('\\', '/'), bytes);
        }

        return new PageFiles(files, basePath);
    }

    /// <summary>Finds a file by its path below the base, without a slash in front.</summary>
    public PageFile? Find(string path) => _files.GetValueOrDefault(path);

    internal static PageFiles Of(IReadOnlyDictionary<string, byte[]> contents, string basePath)
    {
        var files = new Dictionary<string, PageFile>(StringComparer.Ordinal);
        foreach (var (path, bytes) in contents)
            Add(files, path, bytes);
        return new PageFiles(files, basePath);
    }

    static void Add(Dictionary<string, PageFile> files, string path, byte[] bytes)
    {
        var isBrotli = path.EndsWith(".br", StringComparison.Ordinal);
        if (isBrotli)
            path = path[..^3];
        var type = ContentTypes.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
        var tag = string.Create(CultureInfo.InvariantCulture, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"");
        files[path] = new PageFile(type, bytes, isBrotli, tag);
    }

    [GeneratedRegex("<base href=\"[^\"]*\"\\s*/?>")]
    private static partial Regex BaseTag { get; }

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex InlineScript { get; }

    const string NotBuilt = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Netronome</title></head>
        <body><p>The page was not built into this program (<code>BuildPage=false</code>). The API is at <a href="api/server">api/</a>.</p></body></html>
        """;
}
