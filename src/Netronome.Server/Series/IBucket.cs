namespace Netronome.Server.Series;

/// <summary>What a roll-up keeps of the samples of one span; one implementation for each kind of series.</summary>
interface IBucket<TSelf>
    where TSelf : class, IBucket<TSelf>
{
    /// <summary>Start of the span, UTC microseconds.</summary>
    long StartMicros { get; }

    static abstract TSelf Create(long startMicros);

    /// <summary>Takes in another bucket, of this span or a part of it.</summary>
    void Merge(TSelf other);
}
