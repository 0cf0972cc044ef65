using Microsoft.AspNetCore.Http;

namespace Netronome.Server.Http;

/// <summary>Who asks: an account by its session, or an address that needs no login.</summary>
/// <param name="UserId">0 for a whitelisted address.</param>
/// <param name="Username">The account's name.</param>
/// <param name="SessionId">The public id of the session; null for a whitelisted address.</param>
/// <param name="IsStillLoggedInAsync">Asks again, for answers that last long.</param>
public sealed record Caller(
    long UserId, string Username, string? SessionId, Func<CancellationToken, Task<bool>> IsStillLoggedInAsync)
{
    /// <summary>Somebody at an address of <c>auth.whitelist</c>.</summary>
    public static Caller Whitelisted { get; } = new(0, "whitelisted", null, _ => Task.FromResult(true));

    /// <summary>Lets a handler take the caller as a parameter; the gate has put it there.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
