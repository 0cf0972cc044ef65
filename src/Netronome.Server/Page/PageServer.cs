using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Netronome.Server.Http;

namespace Netronome.Server.Page;

/// <summary>Answers what no endpoint takes: files of the page, its document for the page's own routes, or 404.</summary>
sealed class PageServer(RequestDelegate next, PageFiles files)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not null)
            return next(context);

        var request = context.Request;
        if (request.Path.StartsWithSegments("/api"))
            return Problems.ForStatus(StatusCodes.Status404NotFound).ExecuteAsync(context);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
            return Problems.ForStatus(StatusCodes.Status405MethodNotAllowed).ExecuteAsync(context);

        var path = request.Path.HasValue ? request.Path.Value!.TrimStart('/') : "";
        if (files.Find(path) is { } file)
            return SendAsync(context, path, file);
        // What is missing below assets/ belongs to another build; a document in its place would not be understood.
        if (path.StartsWith("assets/", StringComparison.Ordinal))
            return Problems.ForStatus(StatusCodes.Status404NotFound).ExecuteAsync(context);
        return SendIndexAsync(context);
    }

    Task SendIndexAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        return SendBytesAsync(context, files.Index);
    }

    static Task SendAsync(HttpContext context, string path, PageFile file)
    {
        var (request, response) = (context.Request, context.Response);
        // Names below assets/ carry a hash of their content.
        response.Headers.CacheControl = path.StartsWith("assets/", StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        response.Headers.ETag = file.ETag;
        response.Headers.Vary = "Accept-Encoding";
        if (request.Headers.IfNoneMatch.Contains(file.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = file.ContentType;
        if (!file.IsBrotli || !AcceptsBrotli(request))
            return SendBytesAsync(context, file.Plain());
        response.Headers.ContentEncoding = "br";
        return SendBytesAsync(context, file.Bytes);
    }

    static Task SendBytesAsync(HttpContext context, byte[] bytes)
    {
        context.Response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    static bool AcceptsBrotli(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(value => value.Value == "br" && value.Quality is null or > 0);
}
