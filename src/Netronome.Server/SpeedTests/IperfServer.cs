namespace Netronome.Server.SpeedTests;

/// <summary>An iperf3 server somebody saved, as the contract shows it.</summary>
public sealed record IperfServer(long Id, string Name, string Host, int Port, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>An iperf3 server to save.</summary>
public sealed record IperfServerRequest(string? Name = null, string? Host = null, int? Port = null);

/// <summary>A saved iperf3 server, with the contract's message.</summary>
public sealed record IperfServerAnswer(string Message, IperfServer Server);
