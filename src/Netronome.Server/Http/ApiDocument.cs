using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Netronome.Server.Http;

/// <summary>Serves docs/openapi.json, as it was when the program was built.</summary>
static class ApiDocument
{
    const string Resource = "openapi.json";

    public static void MapApiDocument(this IEndpointRouteBuilder api) =>
        api.MapGet("/openapi.json", Document).RequireLogin().ExcludeFromDescription();

    static FileStreamHttpResult Document() => TypedResults.Stream(
        typeof(ApiDocument).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException("The document is not embedded."),
        "application/json; charset=utf-8");
}
