namespace Netronome.Server.Database;

/// <summary>Whether the database answers.</summary>
/// <param name="Ready">The last statement succeeded.</param>
/// <param name="Since">When this state began, UTC.</param>
/// <param name="Fault">What is wrong while away.</param>
/// <param name="Reason">A sentence for the operator while away.</param>
public sealed record DatabaseState(bool Ready, DateTimeOffset Since, DatabaseFault? Fault = null, string? Reason = null);

/// <summary>Follows whether the database answers; fed by every statement, read by health, page and writers.</summary>
public sealed class DatabaseWatch(TimeProvider time)
{
    readonly Lock gate = new();
    DatabaseState state = new(false, time.GetUtcNow(), DatabaseFault.Unavailable, "The database has not answered yet.");
    TaskCompletionSource returned = NewSignal();

    /// <summary>The state now.</summary>
    public DatabaseState State
    {
        get
        {
            lock (gate)
                return state;
        }
    }

    /// <summary>Raised on every change between ready and away, on the thread that noticed; handlers must be quick.</summary>
    public event Action<DatabaseState>? Changed;

    /// <summary>Completes when the database answers (at once when it does).</summary>
    public Task WaitReadyAsync(CancellationToken cancellationToken)
    {
        lock (gate)
            return state.Ready ? Task.CompletedTask : returned.Task.WaitAsync(cancellationToken);
    }

    internal void ReportReady()
    {
        if (Volatile.Read(ref state).Ready)
            return;
        lock (gate)
        {
            if (state.Ready)
                return;
            state = new(true, time.GetUtcNow());
            returned.TrySetResult();
        }

        Changed?.Invoke(State);
    }

    /// <summary>Notes a fault; only those that mean "away" change the state, a broken rule or statement does not.</summary>
    internal void Report(DatabaseException exception)
    {
        if (exception.Fault is DatabaseFault.Constraint or DatabaseFault.Statement)
            return;
        bool changed;
        lock (gate)
        {
            changed = state.Ready;
            if (changed)
                returned = NewSignal();
            state = new(false, changed ? time.GetUtcNow() : state.Since, exception.Fault, exception.Message);
        }

        if (changed)
            Changed?.Invoke(State);
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
