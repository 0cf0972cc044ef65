using System.Net;
using System.Text.Json.Nodes;

namespace Netronome.Server.Tests.Live;

/// <summary>What a browser's EventSource would hear.</summary>
sealed record Heard(string Id, string Name, JsonNode Data);

/// <summary>Reads an event stream line by line.</summary>
sealed class EventStream : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly HttpResponseMessage _answer;
    readonly StreamReader _reader;

    EventStream(HttpResponseMessage answer, StreamReader reader) => (_answer, _reader) = (answer, reader);

    public static async Task<EventStream> OpenAsync(HttpClient client, string topics, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/live?topics={topics}");
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var stream = new EventStream(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
        Assert.Equal("retry: 3000", await stream.ReadLineAsync());
        Assert.Equal("", await stream.ReadLineAsync());
        return stream;
    }

    /// <summary>The next event; null when the stream has ended.</summary>
    public async Task<Heard?> NextAsync()
    {
        var (id, name) = ("", "");
        while (await ReadLineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                return new Heard(id, name, JsonNode.Parse(line[6..])!);
        }

        return null;
    }

    /// <summary>The next event of a kind; others are passed over.</summary>
    public async Task<Heard> NextAsync(string name, Func<JsonNode, bool>? when = null)
    {
        while (true)
        {
            var heard = await NextAsync() ?? throw new InvalidOperationException($"The stream ended before {name} came.");
            if (heard.Name == name && when?.Invoke(heard.Data) != false)
                return heard;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _answer.Dispose();
        await ValueTask.CompletedTask;
    }

    async Task<string?> ReadLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _reader.ReadLineAsync(patience.Token);
    }
}
