using Netronome.Server.Database;

namespace Netronome.Server.Series;

/// <summary>What the loop does between batches: sealing by age and journal size, retention, deletion, one small step each time.</summary>
sealed partial class SeriesWriter
{
    /// <summary>Heads whose first row is in this oldest part of an overlong journal are sealed.</summary>
    const double JournalPartToFree = 0.25;

    bool retaining;

    bool HasChores => retaining || !deletions.IsEmpty;

    async Task UpkeepAsync()
    {
        if (Stopping)
            return;
        if (time.GetElapsedTime(upkeepAt) >= options.UpkeepInterval)
        {
            upkeepAt = time.GetTimestamp();
            retaining = true;
            var oldest = time.GetUtcNow().ToUnixTimeMicroseconds() - Micros(options.MaxHeadAge);
            await SealAsync(index.Heads.Where(head => head.ArrivedMicros < oldest));
        }

        if (journalBytes > options.MaxJournalBytes)
        {
            var row = journal.ElementAt((int)(journal.Count * JournalPartToFree)).Row;
            await SealAsync(index.Heads.Where(head => head.FirstRow <= row));
        }

        try
        {
            if (retaining)
                retaining = await retention.StepAsync(abandoned.Token);
            if (deletions.TryPeek(out var deletion))
                await DeleteStepAsync(deletion);
        }
        catch (DatabaseException exception)
        {
            // Tried again at the next upkeep; measuring matters more.
            retaining = false;
            Fault = exception.Message;
            await PauseAsync(FirstRetry);
        }
    }

    async Task DeleteStepAsync(SeriesDeletion deletion)
    {
        if (!deletion.Marked)
        {
            await deletion.MarkAsync(database, abandoned.Token);
            if (index.Find(deletion.Series) is { } head)
            {
                head.Deleted = true;
                index.Remove(head);
                lock (head.Gate)
                    head.Samples.Clear();
            }
        }

        if (await deletion.StepAsync(database, state, abandoned.Token))
            return;
        deletions.TryDequeue(out _);
        deletion.Done.TrySetResult();
    }
}
