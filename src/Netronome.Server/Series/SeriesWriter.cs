using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>
/// The one loop that writes: takes what was accepted, commits it to the journal, hands it on, seals full heads, and looks after
/// retention in small steps in between. While the database is away it tries again and again and the queue grows up to its bound.
/// </summary>
sealed partial class SeriesWriter(
    IDatabase database, SeriesIndex index, SeriesState state, SampleQueue queue, SeriesStoreOptions options, TimeProvider time,
    ILogger logger) : IDisposable
{
    const int BatchSamples = 65_536, HeadsAtOnce = 64;
    static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100), LastRetry = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource stopping = new(), abandoned = new();
    readonly SeriesRetention retention = new(database, state, options, time);
    readonly ConcurrentQueue<SeriesDeletion> deletions = [];
    readonly SealingCodecs codecs = new();
    readonly List<Sample> batch = [];
    readonly List<SeriesHead> batchHeads = [], touched = [], full = [];
    Queue<(long Row, long Bytes)> journal = [];
    long journalBytes, refused, committed, lastCommit;
    long upkeepAt = time.GetTimestamp();

    internal long Refused => Interlocked.Read(ref refused);

    internal long Committed => Interlocked.Read(ref committed);

    internal DateTimeOffset? LastCommitAt => Interlocked.Read(ref lastCommit) is > 0 and var ticks ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>Why the last attempt to write failed; null when it succeeded.</summary>
    internal string? Fault { get; private set; }

    internal bool Stopping => stopping.IsCancellationRequested;

    /// <summary>Goes on where the last run ended.</summary>
    internal void Resume(SeriesReplay replay)
    {
        journal = replay.Rows;
        journalBytes = journal.Sum(row => row.Bytes);
        foreach (var series in replay.Deleted)
            deletions.Enqueue(new(series, alreadyMarked: true));
    }

    internal Task DeleteAsync(SeriesId series, CancellationToken cancellationToken)
    {
        var deletion = new SeriesDeletion(series, alreadyMarked: false);
        deletions.Enqueue(deletion);
        queue.Wake();
        return deletion.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Until stopped; what was accepted before is committed first, if the database lets us within <paramref name="patience"/>.</summary>
    internal async Task StopAsync(Task loop, TimeSpan patience)
    {
        await stopping.CancelAsync();
        queue.Wake();
        abandoned.CancelAfter(patience);
        await loop;
        if (queue.Pending > 0)
            LogAbandoned(queue.Pending, Fault ?? "");
        var exception = new DatabaseException(DatabaseFault.Unavailable, "The series store was closed before the samples were durable.");
        queue.Fail(exception);
        while (deletions.TryDequeue(out var deletion))
            deletion.Done.TrySetException(exception);
    }

    public void Dispose()
    {
        stopping.Dispose();
        abandoned.Dispose();
    }

    internal async Task RunAsync()
    {
        while (true)
        {
            try
            {
                await WaitAsync();
                await CommitBatchAsync();
                await SealAsync(full);
                full.Clear();
                await UpkeepAsync();
                if (Stopping && queue.Pending == 0)
                    return;
            }
            catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // A defect: keep the loop, and what is accepted, alive.
                Fault = exception.Message;
                LogDefect(exception);
                if (await PauseAsync(LastRetry))
                    return;
            }
        }
    }

    async Task WaitAsync()
    {
        if (batch.Count > 0 || Stopping || HasChores)
            return;
        var idle = Task.Delay(options.UpkeepInterval, time, stopping.Token);
        await Task.WhenAny(queue.ArrivedAsync(), idle);
        if (queue.Pending > 0 && !Stopping)
            await Task.WhenAny(queue.HurryAsync(BatchSamples), Task.Delay(options.CommitInterval, time, stopping.Token));
    }

    async Task CommitBatchAsync()
    {
        if (batch.Count == 0)
            queue.Take(batch, BatchSamples);
        if (batch.Count == 0)
            return;
        Stage();
        if (touched.Count > 0)
        {
            var row = JournalRow.Encode(touched, batch[0].AtMicros);
            var number = state.CommitNumber + 1;
            await PersistAsync((session, token) => session.ExecuteAsync(
                "INSERT INTO series_journal (id, data) VALUES ($1, $2)", token, number, row));
            journal.Enqueue((number, row.Length));
            journalBytes += row.Length;
            Append(number);
        }

        var taken = batch.Count;
        var wrong = batchHeads.Count(head => head is null);
        var kept = options.Committed is null ? [] : batch.Where((_, place) => batchHeads[place] is not null).ToArray();
        batch.Clear();
        Interlocked.Add(ref refused, wrong);
        Interlocked.Add(ref committed, taken - wrong);
        Interlocked.Exchange(ref lastCommit, time.GetUtcNow().UtcTicks);
        try
        {
            // First, so that who waits for its samples to be durable knows that they have been told, too.
            if (kept.Length > 0)
                options.Committed!(kept);
        }
        finally
        {
            queue.Commit(taken);
        }
    }

    /// <summary>Sorts the batch by series; what may not be stored has no head.</summary>
    void Stage()
    {
        touched.ForEach(head => head.Staged.Clear());
        touched.Clear();
        batchHeads.Clear();
        var now = time.GetUtcNow().ToUnixTimeMicroseconds();
        var (oldest, newest) = (now - Micros(options.Raw.Age), now + Micros(options.MaxFuture));
        SeriesHead? head = null;
        foreach (var sample in batch)
        {
            if (head is null || head.Id != sample.Series)
                head = index.Find(sample.Series);
            var wrong = head is null || head.Deleted || sample.AtMicros < oldest || sample.AtMicros > newest
                || (head.Kind == SeriesKind.Probe && sample.Bits < -(ProbeBucket.Reasons - 1));
            batchHeads.Add(wrong ? null! : head!);
            if (wrong)
                continue;
            if (head!.Staged.Count == 0)
            {
                head.Staged.Clear(batch[0].AtMicros);
                touched.Add(head);
            }

            head.Staged.Append(sample.AtMicros, sample.Bits);
        }
    }

    void Append(long row)
    {
        var now = time.GetUtcNow().ToUnixTimeMicroseconds();
        for (var place = 0; place < batch.Count;)
        {
            var head = batchHeads[place];
            if (head is null)
            {
                place++;
                continue;
            }

            lock (head.Gate)
            {
                for (; place < batch.Count && ReferenceEquals(batchHeads[place], head); place++)
                    head.Append(row, now, batch[place].AtMicros, batch[place].Bits);
            }
        }

        foreach (var head in touched)
        {
            head.Staged.Clear();
            if (head.IsFull)
                full.Add(head);
        }

        touched.Clear();
    }

    async Task SealAsync(IEnumerable<SeriesHead> heads)
    {
        foreach (var group in heads.Where(head => head.Samples.Count > 0 && !head.Deleted).Chunk(HeadsAtOnce))
            await SealGroupAsync(group);
    }

    async Task SealGroupAsync(SeriesHead[] group)
    {
        var needed = index.Heads.Except(group).Where(head => head.Samples.Count > 0)
            .Select(head => head.FirstRow).DefaultIfEmpty(state.CommitNumber + 1).Min();
        var sealing = new Sealing(group, state, needed, codecs, (head, reason) => LogDamaged(head.Id.Value, reason));
        await PersistAsync(sealing.StoreAsync);
        sealing.Apply();
        while (journal.TryPeek(out var oldest) && oldest.Row < needed)
            journalBytes -= journal.Dequeue().Bytes;
    }

    /// <summary>Commits, however long it takes; the same work until it succeeds.</summary>
    async Task PersistAsync(Func<ISqlSession, CancellationToken, Task> work)
    {
        for (var pause = FirstRetry; ; pause = pause < LastRetry ? pause * 2 : LastRetry)
        {
            try
            {
                await state.CommitAsync(database, work, abandoned.Token);
                if (Fault is not null)
                    LogBack(queue.Pending);
                Fault = null;
                return;
            }
            catch (DatabaseException exception)
            {
                if (Fault is null)
                    LogFault(exception.Message);
                Fault = exception.Message;
            }

            if (await PauseAsync(pause))
                throw new OperationCanceledException(abandoned.Token);
        }
    }

    /// <summary>True when there is no time left.</summary>
    async Task<bool> PauseAsync(TimeSpan pause)
    {
        var back = database.Watch.State.Ready ? Task.Delay(pause, time, abandoned.Token) : database.Watch.WaitReadyAsync(abandoned.Token);
        await Task.WhenAny(back, Task.Delay(pause, time, abandoned.Token));
        return abandoned.IsCancellationRequested;
    }

    static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Samples cannot be stored now and are kept in memory: {Reason}")]
    partial void LogFault(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Samples are stored again; {Pending} were kept")]
    partial void LogBack(long pending);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Samples} accepted samples are lost, the database did not take them before the end: {Reason}")]
    partial void LogAbandoned(long samples, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A chunk or roll-up of series {Series} is damaged: {Reason}")]
    partial void LogDamaged(long series, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The series writer failed and goes on")]
    partial void LogDefect(Exception exception);
}
