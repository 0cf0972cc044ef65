namespace Netronome.Server.Accounts;

/// <summary>
/// Hashing a password takes a core for about a tenth of a second. At most half the cores do it at once and only a few wait, so
/// that logging in cannot starve the measuring.
/// </summary>
sealed class PasswordWork : IDisposable
{
    const int MostWaiting = 32;

    readonly SemaphoreSlim _cores = new(Math.Max(1, Environment.ProcessorCount / 2));
    int _waiting;

    /// <summary>Runs <paramref name="work"/> apart from the request threads; null when too many wait already.</summary>
    public async Task<T?> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
        where T : class
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _cores.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(work, cancellationToken);
            }
            finally
            {
                _cores.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _cores.Dispose();
}
