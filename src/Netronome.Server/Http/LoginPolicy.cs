using Microsoft.AspNetCore.Builder;

namespace Netronome.Server.Http;

/// <summary>Marks endpoints that need a login. The gate asks for one also where the mark is missing; a test then fails.</summary>
sealed class LoginPolicy
{
    public static LoginPolicy Required { get; } = new();
}

/// <summary>The policy as one word on a group.</summary>
static class LoginPolicyExtensions
{
    public static T RequireLogin<T>(this T builder)
        where T : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(LoginPolicy.Required));
        return builder;
    }
}
