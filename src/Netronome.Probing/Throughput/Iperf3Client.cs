namespace Netronome.Probing.Throughput;

/// <summary>
/// The client of iperf3's protocol over TCP, spoken natively; interoperates with iperf3 servers. A test that fails is a result
/// too: with its reason, a sentence, and everything that was measured until then.
/// </summary>
public static class Iperf3Client
{
    /// <summary>Runs one test.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="progress">Called after each report interval, also the last and a broken one, never twice at once.</param>
    /// <param name="time">Clock of the test.</param>
    /// <param name="cancellationToken">
    /// Stops the test: the server is told, and the result has what was measured and <see cref="ThroughputFailure.Cancelled"/>.
    /// </param>
    public static Task<Iperf3Result> RunAsync(
        Iperf3Options options, Action<Iperf3Interval>? progress, TimeProvider time, CancellationToken cancellationToken = default) =>
        RunAsync(options, started: null, progress, time, cancellationToken);

    /// <summary>Runs one test and tells also when its payload begins to flow.</summary>
    /// <param name="options">What to measure.</param>
    /// <param name="started">Called once, before the first <paramref name="progress"/>.</param>
    /// <param name="progress">Called after each report interval, also the last and a broken one, never twice at once.</param>
    /// <param name="time">Clock of the test.</param>
    /// <param name="cancellationToken">Stops the test; what was measured is kept.</param>
    public static async Task<Iperf3Result> RunAsync(
        Iperf3Options options,
        Action<Iperf3Start>? started,
        Action<Iperf3Interval>? progress,
        TimeProvider time,
        CancellationToken cancellationToken = default)
    {
        if (options.Validate() is { Count: > 0 } faults)
            return new() { Failure = ThroughputFailure.BadOptions, Message = string.Join("; ", faults) };
        await using var session = new Iperf3Session(options, started, progress, time);
        try
        {
            await session.RunAsync(cancellationToken);
            return session.ToResult(failure: null, message: null);
        }
        catch (ThroughputException exception)
        {
            return session.ToResult(exception.Failure, exception.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await session.SayGoodbyeAsync();
            return session.ToResult(ThroughputFailure.Cancelled, "the test was stopped before its end");
        }
    }
}
