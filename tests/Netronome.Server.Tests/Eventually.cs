namespace Netronome.Server.Tests;

/// <summary>Looks again and again, for what has no signal to wait for.</summary>
static class Eventually
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(Func<Task<bool>> look, string what = "It did not become true in time.")
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await look())
        {
            Assert.False(patience.IsCancellationRequested, what);
            await Task.Delay(Pause);
        }
    }

    public static Task TrueAsync(Func<bool> look, string what = "It did not become true in time.") => TrueAsync(() => Task.FromResult(look()), what);
}
