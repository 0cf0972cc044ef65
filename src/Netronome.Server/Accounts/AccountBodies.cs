namespace Netronome.Server.Accounts;

/// <summary>What the page must know before anybody logs in.</summary>
/// <param name="HasUsers">False while the first account can be registered.</param>
/// <param name="OidcConfigured">Whether OpenID Connect is configured.</param>
/// <param name="OidcReady">Whether its provider answered.</param>
public sealed record AuthStatus(bool HasUsers, bool OidcConfigured, bool OidcReady);

/// <summary>A name and a password.</summary>
public sealed record CredentialsRequest(string? Username = null, string? Password = null);

/// <summary>A new password, proven by the present one.</summary>
public sealed record PasswordRequest(string? Current = null, string? Next = null);

/// <summary>An account as others may see it.</summary>
public sealed record UserView(long Id, string Username);

/// <summary>The account that asks.</summary>
public sealed record UserAnswer(UserView User);

/// <summary>A new account.</summary>
public sealed record RegisterAnswer(string Message, UserView User);

/// <summary>A login. The token also stands in the cookie; as <c>Authorization: Bearer</c> it works without.</summary>
/// <param name="AccessToken">The session token.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds without use until it ends.</param>
/// <param name="User">Whose it is.</param>
public sealed record LoginAnswer(
    [property: System.Text.Json.Serialization.JsonPropertyName("access_token")] string AccessToken,
    [property: System.Text.Json.Serialization.JsonPropertyName("token_type")] string TokenType,
    [property: System.Text.Json.Serialization.JsonPropertyName("expires_in")] long ExpiresIn,
    UserView User);

/// <summary>That the caller is let in, and by what: <c>session</c> or <c>whitelist</c>.</summary>
public sealed record VerifyAnswer(string Message, string Type);

/// <summary>Where an account is logged in.</summary>
public sealed record SessionView(
    string Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, string Address, string UserAgent, bool Current);

/// <summary>Where an account is logged in, latest first.</summary>
public sealed record SessionList(IReadOnlyList<SessionView> Items);
