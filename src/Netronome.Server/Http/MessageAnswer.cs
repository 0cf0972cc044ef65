namespace Netronome.Server.Http;

/// <summary>Just words, where the contract answers so.</summary>
public sealed record MessageAnswer(string Message);
