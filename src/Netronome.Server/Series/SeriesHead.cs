namespace Netronome.Server.Series;

/// <summary>
/// The newest samples of a series: durable in the journal, not yet in a chunk. Written by the writer loop alone; queries copy it under
/// <see cref="Gate"/>.
/// </summary>
sealed class SeriesHead(SeriesId id, SeriesKind kind)
{
    /// <summary>A chunk of this many bytes fills a page of SQLite (4,096) and half a page of PostgreSQL (8,192).</summary>
    internal const int ChunkBytes = 3900;

    const int LeastSamples = 256;
    const double FirstGuessBytesPerSample = 1.1;

    internal SeriesId Id { get; } = id;

    internal SeriesKind Kind { get; } = kind;

    internal Lock Gate { get; } = new();

    internal SampleBuffer Samples { get; } = new(kind == SeriesKind.Gauge);

    /// <summary>Samples being prepared for the journal.</summary>
    internal SampleBuffer Staged { get; } = new(kind == SeriesKind.Gauge);

    /// <summary>Samples sealed into chunks over the life of the series; the number of the first one here.</summary>
    internal long Sealed { get; set; }

    /// <summary>Time and value of the newest sealed sample.</summary>
    internal long LastAt { get; set; } = long.MinValue;

    internal long LastBits { get; set; }

    /// <summary>Journal row of the first sample here; rows before the least of all heads are not needed any more.</summary>
    internal long FirstRow { get; set; }

    /// <summary>When the first sample here arrived, by our clock.</summary>
    internal long ArrivedMicros { get; set; }

    /// <summary>The newest chunk, if it was not full and the next samples should join it.</summary>
    internal long OpenChunk { get; set; }

    /// <summary>Samples of a full chunk, from what the last one needed.</summary>
    internal int FullAt { get; private set; } = (int)(ChunkBytes / FirstGuessBytesPerSample);

    internal bool Deleted { get; set; }

    internal bool IsFull => Samples.Count >= FullAt;

    internal void Learn(int samples, int bytes)
    {
        if (samples >= LeastSamples)
            FullAt = Math.Clamp((int)((double)ChunkBytes * samples / bytes), LeastSamples, ChunkCodec.MaxSamples / 2);
    }

    internal void Append(long row, long nowMicros, long at, long bits)
    {
        if (Samples.Count == 0)
            (FirstRow, ArrivedMicros) = (row, nowMicros);
        Samples.Append(at, bits);
    }

    /// <summary>Copies the samples and tells the number of the first.</summary>
    internal long CopyTo(SampleColumns into)
    {
        lock (Gate)
        {
            Samples.CopyTo(into);
            return Sealed;
        }
    }
}
