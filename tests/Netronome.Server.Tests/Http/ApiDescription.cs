using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Netronome.Server.Health;
using Netronome.Server.Http;
using Netronome.Server.Monitors;
using Netronome.Server.SpeedTests;

namespace Netronome.Server.Tests.Http;

/// <summary>
/// Makes the OpenAPI document from the endpoints. Here and not in the program: the generator can't be trimmed, and what the
/// program serves is the checked-in docs/openapi.json, which the test holds equal to what is made here.
/// </summary>
static class ApiDescription
{
    public const string Route = "/made/openapi.json";

    public static ServerSeams Seams { get; } = new()
    {
        AddServices = AddApiDocument,
        MapEndpoints = endpoints => endpoints.MapOpenApi(Route).AllowAnonymous(),
    };

    // Sent on the event stream, which OpenAPI has no words for: described so that the page has their types.
    static readonly Type[] LiveEvents =
        [typeof(ProbesArrived), typeof(MonitorChanged), typeof(MonitorStateChanged), typeof(RunProgress), typeof(ServerStatusChange)];

    static void AddApiDocument(IServiceCollection services) => services.AddOpenApi(options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(CompleteAsync);
        options.AddSchemaTransformer(LeaveOpenAsync);
    });

    static async Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Netronome",
            Version = "1",
            Description = "Times are RFC 3339 in UTC; units are in the names. Log in for the cookie, or send the token as Bearer.",
        };
        // Where it is reached is known to who reaches it, and would differ in every copy of the document.
        document.Servers = [];
        foreach (var type in LiveEvents)
            document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
    }

    // What is sent to the server may hold nothing unknown; what it sends may get new members at any time.
    static Task LeaveOpenAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (!context.JsonTypeInfo.Type.Name.EndsWith("Request", StringComparison.Ordinal) && context.JsonTypeInfo.Type != typeof(TestOptions))
            schema.AdditionalPropertiesAllowed = true;
        // Written by a converter of ours, into which the describer can't look.
        if (context.JsonTypeInfo.Type == typeof(DateTimeOffset) || context.JsonTypeInfo.Type == typeof(DateTimeOffset?))
        {
            schema.Format = "date-time";
            schema.Type = context.JsonTypeInfo.Type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.Null | JsonSchemaType.String;
        }

        return Task.CompletedTask;
    }

    static async Task CompleteAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var method = context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault();
        operation.OperationId = OperationId(context.Description, method);
        var problem = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellationToken);
        context.Document!.AddComponent("Problem", problem);
        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Problem details (RFC 9457)",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference("Problem", context.Document) },
            },
        };
    }

    // MonitorsApi.RttAsync -> monitorsRtt
    static string OperationId(Microsoft.AspNetCore.Mvc.ApiExplorer.ApiDescription description, MethodInfo? method)
    {
        var type = method?.DeclaringType?.Name.Replace("Api", "", StringComparison.Ordinal) ?? description.GroupName ?? "";
        var name = method?.Name.Replace("Async", "", StringComparison.Ordinal) ?? description.HttpMethod ?? "";
        return string.Concat(type[..1].ToLowerInvariant(), type.AsSpan(1), name);
    }
}
