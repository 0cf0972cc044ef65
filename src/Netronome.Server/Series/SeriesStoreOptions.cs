namespace Netronome.Server.Series;

/// <summary>How long one tier is kept: until the first of the two limits.</summary>
/// <param name="Age">Older chunks go.</param>
/// <param name="SizeBytes">Above this much chunk data, the oldest chunks of the tier go.</param>
public sealed record TierRetention(TimeSpan Age, long SizeBytes);

/// <summary>What the store keeps and how much it may hold in memory.</summary>
public sealed record SeriesStoreOptions
{
    const long GiB = 1L << 30;

    /// <summary>The defaults below.</summary>
    public static SeriesStoreOptions Default { get; } = new();

    /// <summary>Every sample.</summary>
    public TierRetention Raw { get; init; } = new(TimeSpan.FromDays(400), 4 * GiB);

    /// <summary>Roll-ups of a minute.</summary>
    public TierRetention Minute { get; init; } = new(TimeSpan.FromDays(90), 2 * GiB);

    /// <summary>Roll-ups of an hour.</summary>
    public TierRetention Hour { get; init; } = new(TimeSpan.FromDays(730), GiB);

    /// <summary>Roll-ups of a day.</summary>
    public TierRetention Day { get; init; } = new(TimeSpan.FromDays(3650), GiB);

    /// <summary>An accepted sample waits at most this long for others to share its commit.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Accepted samples held in memory while the database is away or slow: 10 minutes at 5,000 samples a second.</summary>
    public int MaxPendingSamples { get; init; } = 3_000_000;

    /// <summary>
    /// How long <see cref="SeriesStore.EnqueueAsync"/> blocks its caller when the buffer is full and the database answers;
    /// then, and at once while the database is away, the offered samples are dropped and counted.
    /// </summary>
    public TimeSpan MaxIntakeWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Unsealed samples are sealed into a chunk at this age, full or not.</summary>
    public TimeSpan MaxHeadAge { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Above this much journal, the series that hold its oldest rows are sealed early.</summary>
    public long MaxJournalBytes { get; init; } = 128L << 20;

    /// <summary>Samples further ahead of the clock than this are refused and counted.</summary>
    public TimeSpan MaxFuture { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often retention and age are looked at.</summary>
    public TimeSpan UpkeepInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Called on the writer loop after each durable commit with the samples just committed, in order of acceptance; must be quick
    /// and not throw.
    /// </summary>
    public Action<IReadOnlyList<Sample>>? Committed { get; init; }

    internal TierRetention Of(Tier tier) => tier switch
    {
        Tier.Raw => Raw,
        Tier.Minute => Minute,
        Tier.Hour => Hour,
        _ => Day,
    };
}
