namespace Netronome.Server.Http;

/// <summary>
/// The one error shape: RFC 9457 problem details plus the members <c>error</c> and <c>message</c> that older clients read.
/// </summary>
/// <param name="Type">Always <c>about:blank</c>: the kind is in <paramref name="Error"/>.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">A sentence for people.</param>
/// <param name="Error">The kind of the problem, a stable word for programs.</param>
/// <param name="Message">The same sentence as <paramref name="Detail"/>.</param>
/// <param name="Errors">Every fault found in the request.</param>
/// <param name="TraceId">What to search the log for.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Error,
    string Message,
    IReadOnlyList<Fault>? Errors = null,
    string? TraceId = null);

/// <summary>One fault of a request.</summary>
/// <param name="Pointer">Where, as a JSON pointer in URI form (RFC 6901 §6), as <c>#/every</c>.</param>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Detail">What would be right, for people.</param>
public sealed record Fault(string Pointer, string Code, string Detail);
