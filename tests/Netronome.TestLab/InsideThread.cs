using System.Collections.Concurrent;

namespace Netronome.TestLab;

/// <summary>
/// Runs code on a thread of its own that has entered a network namespace. Sockets opened there stay in the namespace
/// whichever thread uses them later, and threads started there inherit it. The thread ends with the code, so that no
/// other code can find itself in the wrong network.
/// </summary>
static class InsideThread
{
    /// <summary>
    /// A pool thread created on behalf of a thread inside a namespace would inherit the namespace for good. So the pool is
    /// filled once to this fixed size before anybody enters one; tests/Directory.Build.props keeps idle threads alive.
    /// </summary>
    const int PoolThreads = 32;

    static readonly Lazy<bool> FullPool = new(FillPool);

    internal static Task<T> RunAsync<T>(int namespaceDescriptor, Func<T> body)
    {
        _ = FullPool.Value;
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => Complete(done, () =>
        {
            Enter(namespaceDescriptor);
            return body();
        }))
        { IsBackground = true, Name = "inside a lab host" };
        thread.Start();
        return done.Task;
    }

    /// <summary>Continuations of the body come back to the same thread, as long as it does not ask for another.</summary>
    internal static Task<T> RunAsync<T>(int namespaceDescriptor, Func<Task<T>> body) => RunAsync(namespaceDescriptor, () =>
    {
        using var context = new PumpContext();
        SynchronizationContext.SetSynchronizationContext(context);
        var task = body();
        task.ContinueWith(_ => context.Finish(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        context.Pump();
        return task.GetAwaiter().GetResult();
    });

    static void Enter(int namespaceDescriptor)
    {
        if (Libc.SetNamespace(namespaceDescriptor, Libc.CloneNewNet) != 0)
        {
            throw Libc.Failed("setns");
        }
    }

    static void Complete<T>(TaskCompletionSource<T> done, Func<T> body)
    {
        try
        {
            done.SetResult(body());
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }

    static bool FillPool()
    {
        ThreadPool.SetMinThreads(PoolThreads, PoolThreads);
        ThreadPool.SetMaxThreads(PoolThreads, PoolThreads);
        using var started = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        using var ended = new CountdownEvent(PoolThreads);
        for (var i = 0; i < PoolThreads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                started.Release();
                release.Wait();
                ended.Signal();
            }, null);
        }

        // Others may occupy threads of the pool too, so its own count says when it is full.
        while (ThreadPool.ThreadCount < PoolThreads)
        {
            started.Wait(TimeSpan.FromMilliseconds(100));
        }

        release.Set();
        ended.Wait();
        return true;
    }

    sealed class PumpContext : SynchronizationContext, IDisposable
    {
        readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> queue = [];

        public override void Post(SendOrPostCallback d, object? state) => queue.Add((d, state));

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

        internal void Finish() => queue.CompleteAdding();

        internal void Pump()
        {
            foreach (var (callback, state) in queue.GetConsumingEnumerable())
            {
                callback(state);
            }
        }

        public void Dispose() => queue.Dispose();
    }
}
