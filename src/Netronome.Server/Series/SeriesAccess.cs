using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>The series store for those who start before it: it can only be opened once the schema is there.</summary>
public sealed class SeriesAccess : IAsyncDisposable
{
    readonly TaskCompletionSource<SeriesStore> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the store.</summary>
    public Task<SeriesStore> WhenOpen => _opened.Task;

    /// <summary>The store, or null while the database has not been there yet.</summary>
    public SeriesStore? Store => _opened.Task.IsCompletedSuccessfully ? _opened.Task.GetAwaiter().GetResult() : null;

    /// <summary>The store; the exception that a request answers with 503 while it is not open.</summary>
    public SeriesStore Required => Store
        ?? throw new DatabaseException(DatabaseFault.Unavailable, "The database has not answered since the server started.");

    internal void Opened(SeriesStore store) => _opened.TrySetResult(store);

    /// <summary>Commits what is pending and closes the store.</summary>
    public ValueTask DisposeAsync() => Store?.DisposeAsync() ?? ValueTask.CompletedTask;
}
