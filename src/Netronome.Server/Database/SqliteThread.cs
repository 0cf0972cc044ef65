using System.Collections.Concurrent;

namespace Netronome.Server.Database;

/// <summary>
/// A thread that owns one connection. SQLite blocks in the kernel; here it blocks this thread and never one of the thread pool.
/// Work may await: its continuations come back to this thread through the synchronization context, so a session is never
/// touched by two threads.
/// </summary>
sealed class SqliteThread : SynchronizationContext, IDisposable
{
    readonly BlockingCollection<Action<SqliteConnection>> jobs;
    readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> continuations = [];
    readonly SqliteConnection connection;
    readonly Thread thread;

    internal SqliteThread(string name, SqliteConnection connection, BlockingCollection<Action<SqliteConnection>> jobs)
    {
        (this.connection, this.jobs) = (connection, jobs);
        thread = new(Loop) { IsBackground = true, Name = name };
        thread.Start();
    }

    public override void Post(SendOrPostCallback d, object? state) => continuations.Add((d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Work on a database thread awaits.");

    /// <summary>Runs a task to its end on this thread.</summary>
    internal void Pump(Task task)
    {
        if (!task.IsCompleted)
            task.ContinueWith(_ => Post(static _ => { }, null), TaskScheduler.Default);
        while (!task.IsCompleted)
        {
            var (callback, state) = continuations.Take();
            callback(state);
        }
    }

    /// <summary>Waits for the thread, which ends when its queue was completed; then closes the connection.</summary>
    public void Dispose()
    {
        thread.Join();
        connection.Dispose();
        continuations.Dispose();
    }

    void Loop()
    {
        SetSynchronizationContext(this);
        foreach (var job in jobs.GetConsumingEnumerable())
        {
            job(connection);
            while (continuations.TryTake(out var left))
                left.Callback(left.State);
        }
    }
}
