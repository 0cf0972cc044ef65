namespace Netronome.TestLab;

/// <summary>The lines of one output stream, kept, and awaited by whoever looks for one.</summary>
sealed class ProgramLines
{
    readonly Lock gate = new();
    readonly List<string> lines = [];
    TaskCompletionSource changed = NewSignal();
    bool ended;

    internal string Text
    {
        get { lock (gate) { return string.Concat(lines.Select(line => line + '\n')); } }
    }

    internal async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            Add(line);
        }

        Add(null);
    }

    /// <summary>The first line that fits, whether it is already there or not; null if the stream ends without one.</summary>
    internal async Task<string?> FirstAsync(Predicate<string> fits, CancellationToken cancellationToken)
    {
        for (var seen = 0; ;)
        {
            Task signal;
            lock (gate)
            {
                for (; seen < lines.Count; seen++)
                {
                    if (fits(lines[seen]))
                    {
                        return lines[seen];
                    }
                }

                if (ended)
                {
                    return null;
                }

                signal = changed.Task;
            }

            await signal.WaitAsync(cancellationToken);
        }
    }

    void Add(string? line)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            if (line is null)
            {
                ended = true;
            }
            else
            {
                lines.Add(line);
            }

            (signal, changed) = (changed, NewSignal());
        }

        signal.SetResult();
    }

    static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
