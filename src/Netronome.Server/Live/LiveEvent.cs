namespace Netronome.Server.Live;

/// <summary>Something that happened, as a browser hears it on <c>/api/live</c>.</summary>
/// <param name="Topic">What it is about, as <c>monitor/12</c>; subscribers ask by topic.</param>
/// <param name="Name">The kind of event, from a closed list per topic, as <c>probes</c>.</param>
/// <param name="Json">The data, UTF-8 JSON on one line.</param>
public sealed record LiveEvent(string Topic, string Name, ReadOnlyMemory<byte> Json);
