using Netronome.Protocols.Iperf3;

namespace Netronome.Probing.Throughput;

/// <summary>The middle of the test: payload flows, reports are due, and the control connection may interrupt.</summary>
sealed partial class Iperf3Session
{
    /// <summary>How long we wait for the control connection to say why a data connection broke.</summary>
    static readonly TimeSpan ExplanationLimit = TimeSpan.FromSeconds(1);

    /// <summary>A test that ends by bytes looks this often whether any still move.</summary>
    static readonly TimeSpan StallCheck = TimeSpan.FromSeconds(1);

    Iperf3Meter? meter;
    Iperf3Start? start;
    CpuWatch? cpu;
    long origin;
    bool warm;

    TimeSpan Elapsed => time.GetElapsedTime(origin);

    async Task MeasureAsync(Iperf3Control channel, CancellationToken cancellationToken)
    {
        start = Describe();
        meter = new(streams, sending);
        started?.Invoke(start);
        origin = time.GetTimestamp();
        warm = options.Omit == TimeSpan.Zero;
        cpu = new(time);
        if (warm)
            LimitBytes();
        foreach (var stream in streams)
        {
            if (sending)
                stream.StartSending(options.BitsPerSecondPerStream is { } rate ? new StreamPacer(rate, time) : null);
            else
                stream.StartReceiving(WithoutCopy);
        }

        using var stopReading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var word = channel.ReadStateAsync("while payload flowed", stopReading.Token);
        try
        {
            await WatchAsync(channel, word, cancellationToken);
        }
        finally
        {
            await StopSendingAsync();
            Report(omitted: !warm);
            cpu.Stop();
            await stopReading.CancelAsync();
            await Task.WhenAny(word);
        }
        if (word.IsCompletedSuccessfully)
            throw await channel.ExplainAsync(await word, "while payload flowed", cancellationToken);
    }

    /// <summary>Returns when the test is over as planned; anything else throws.</summary>
    async Task WatchAsync(Iperf3Control channel, Task<Iperf3State> word, CancellationToken cancellationToken)
    {
        var end = options.Bytes is null ? options.Omit + options.Duration : TimeSpan.MaxValue;
        var next = NextReport(TimeSpan.Zero, end);
        var stall = new StallWatch(options.ControlTimeout);
        while (true)
        {
            var now = Elapsed;
            if (now < next)
            {
                var wait = options.Bytes is null || next - now < StallCheck ? next - now : StallCheck;
                using var ring = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                // A timer counts whole milliseconds: round up, or the last one is spent in a circle.
                var due = Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, ring.Token);
                await Task.WhenAny(due, word, run.Ended);
                await ring.CancelAsync();
            }
            cancellationToken.ThrowIfCancellationRequested();
            if (word.IsCompleted)
                throw await channel.ExplainAsync(await word, "while payload flowed", cancellationToken);
            if (run.Ended.IsCompleted)
            {
                if (await run.Ended is { } broken)
                    throw await WhyAsync(channel, broken, word, cancellationToken);
                return;
            }
            if (options.Bytes is not null)
                stall.Check(streams.Sum(stream => stream.Bytes), Elapsed);
            if (Elapsed < next)
                continue;
            if (next >= end)
                return;
            Report(omitted: !warm);
            if (!warm && next >= options.Omit)
                EndWarmUp();
            next = NextReport(next, end);
        }
    }

    /// <summary>The first border after this one: a report, the end of the warm-up, or the end.</summary>
    TimeSpan NextReport(TimeSpan after, TimeSpan end)
    {
        var border = after < options.Omit ? options.Omit : end;
        if (options.ReportInterval == TimeSpan.Zero)
            return border;
        var next = after + options.ReportInterval;
        return next < border ? next : border;
    }

    void EndWarmUp()
    {
        warm = true;
        meter!.EndWarmUp();
        cpu!.Restart();
        LimitBytes();
    }

    void LimitBytes()
    {
        if (options.Bytes is { } bytes)
            run.Limit(bytes);
    }

    void Report(bool omitted)
    {
        var interval = meter!.Report(Elapsed, omitted);
        progress?.Invoke(interval);
    }

    async Task StopSendingAsync()
    {
        run.Stop();
        if (!sending)
            return;
        try
        {
            await Task.WhenAll(streams.Select(stream => stream.Finished)).WaitAsync(FarewellLimit, time);
        }
        catch (TimeoutException)
        {
            // A thread that can't leave its call counts no further bytes that matter.
        }
    }

    async Task<ThroughputException> WhyAsync(
        Iperf3Control channel, string broken, Task<Iperf3State> word, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(word, Task.Delay(ExplanationLimit, time, limit.Token));
        await limit.CancelAsync();
        return word.IsCompletedSuccessfully
            ? await channel.ExplainAsync(await word, "while payload flowed", cancellationToken)
            : new(ThroughputFailure.Disconnected, broken);
    }

    Iperf3Start Describe()
    {
        var socket = streams[0].Socket;
        return new()
        {
            StartedAt = time.GetUtcNow(),
            Cookie = cookie.ToString(),
            Connections = [.. streams.Select(stream => stream.Connection)],
            SegmentBytes = segmentBytes,
            SendBufferBytes = socket.SendBufferSize,
            ReceiveBufferBytes = socket.ReceiveBufferSize,
            ReceivesWithoutCopy = WithoutCopy,
        };
    }
}
