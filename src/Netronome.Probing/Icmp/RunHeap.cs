namespace Netronome.Probing.Icmp;

/// <summary>Runs by the time of what they have to do next: a binary heap in which a run knows its place, so that moving it costs no search.</summary>
sealed class RunHeap
{
    IcmpRun[] runs = new IcmpRun[64];

    public int Count { get; private set; }

    /// <summary>When the first is due; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextDueAt => Count == 0 ? long.MaxValue : runs[0].DueAt;

    public IcmpRun First => runs[0];

    /// <summary>Puts a run at its place, whether it was in or not.</summary>
    public void Set(IcmpRun run, long dueAt)
    {
        run.DueAt = dueAt;
        if (run.HeapIndex < 0)
        {
            if (Count == runs.Length)
                Array.Resize(ref runs, runs.Length * 2);
            Place(run, Count++);
        }

        SiftUp(run.HeapIndex);
        SiftDown(run.HeapIndex);
    }

    public void Remove(IcmpRun run)
    {
        if (run.HeapIndex < 0)
            return;
        var index = run.HeapIndex;
        run.HeapIndex = -1;
        var last = runs[--Count];
        runs[Count] = null!;
        if (index == Count)
            return;
        Place(last, index);
        SiftUp(index);
        SiftDown(last.HeapIndex);
    }

    void SiftUp(int index)
    {
        var run = runs[index];
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (runs[parent].DueAt <= run.DueAt)
                break;
            Place(runs[parent], index);
            index = parent;
        }

        Place(run, index);
    }

    void SiftDown(int index)
    {
        var run = runs[index];
        while (true)
        {
            var child = index * 2 + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && runs[child + 1].DueAt < runs[child].DueAt)
                child++;
            if (runs[child].DueAt >= run.DueAt)
                break;
            Place(runs[child], index);
            index = child;
        }

        Place(run, index);
    }

    void Place(IcmpRun run, int index)
    {
        runs[index] = run;
        run.HeapIndex = index;
    }
}
