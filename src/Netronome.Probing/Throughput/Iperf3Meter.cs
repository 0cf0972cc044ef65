using Netronome.Protocols.Iperf3;

namespace Netronome.Probing.Throughput;

/// <summary>Reads the streams' counters at each report and at the borders of the test, and keeps what follows from them.</summary>
sealed class Iperf3Meter
{
    // Far above iperf3's longest test (a day and ten minutes); a peer's number beyond is nonsense.
    const double LongestSeconds = 1e6;

    readonly IReadOnlyList<Iperf3Stream> streams;
    readonly bool sending;
    readonly Tally[] tallies;
    readonly List<Iperf3Interval> intervals = [];
    TimeSpan last;
    TimeSpan measureFrom;

    public Iperf3Meter(IReadOnlyList<Iperf3Stream> streams, bool sending)
    {
        this.streams = streams;
        this.sending = sending;
        tallies = [.. streams.Select(_ => new Tally())];
        foreach (var (stream, tally) in streams.Zip(tallies))
            tally.Begin(stream, sending ? stream.Info() : default);
    }

    public IReadOnlyList<Iperf3Interval> Intervals => intervals;

    /// <summary>Measured time so far, without the warm-up.</summary>
    public TimeSpan Measured => last - measureFrom;

    /// <summary>The kernel counts what the sender sends again.</summary>
    public bool CountsRetransmits => tallies.All(tally => tally.Retransmits is not null);

    /// <summary>Closes the interval that ends now.</summary>
    /// <param name="now">Since the start of the test.</param>
    /// <param name="omitted">It belonged to the warm-up.</param>
    public Iperf3Interval Report(TimeSpan now, bool omitted)
    {
        var parts = new Iperf3StreamInterval[streams.Count];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = tallies[i].Report(streams[i], sending ? streams[i].Info() : default, omitted);
        var interval = new Iperf3Interval(last, now, parts.Sum(part => part.Bytes), omitted, parts);
        intervals.Add(interval);
        last = now;
        return interval;
    }

    /// <summary>The warm-up is over: what was counted up to the last report does not count.</summary>
    public void EndWarmUp()
    {
        measureFrom = last;
        foreach (var tally in tallies)
            tally.EndWarmUp();
    }

    /// <summary>What this end tells the other one.</summary>
    public IReadOnlyList<Iperf3StreamResults> ToWire() =>
    [
        .. streams.Zip(tallies, (stream, tally) => new Iperf3StreamResults
        {
            Id = stream.Number,
            Bytes = tally.Bytes,
            Retransmits = tally.Retransmits ?? (sending ? 0 : -1),
            JitterSeconds = 0,
            StartSeconds = 0,
            EndSeconds = Measured.TotalSeconds,
        }),
    ];

    /// <summary>The streams as both ends saw them.</summary>
    /// <param name="peer">What the other end told; null when it did not get so far.</param>
    public IReadOnlyList<Iperf3StreamResult> ToResults(Iperf3Results? peer) =>
        [.. streams.Zip(tallies, (stream, tally) => ToResult(stream, tally, peer))];

    Iperf3StreamResult ToResult(Iperf3Stream stream, Tally tally, Iperf3Results? peer)
    {
        var far = peer?.Streams.FirstOrDefault(candidate => candidate.Id == stream.Number);
        // Old versions don't tell their times; ours is the best guess then, as in iperf3 itself.
        var farSeconds = far?.EndSeconds - far?.StartSeconds;
        var farTime = farSeconds is > 0 and < LongestSeconds ? TimeSpan.FromSeconds(farSeconds.Value) : Measured;
        var result = new Iperf3StreamResult(stream.Number)
        {
            SentBytes = sending ? tally.Bytes : far?.Bytes,
            ReceivedBytes = sending ? far?.Bytes : tally.Bytes,
            SenderDuration = sending ? Measured : far is null ? null : farTime,
            ReceiverDuration = !sending ? Measured : far is null ? null : farTime,
        };
        return sending
            ? result with
            {
                Retransmits = tally.Retransmits,
                MaxCongestionWindowBytes = tally.MaxCongestionWindow,
                MaxSendWindowBytes = tally.MaxSendWindow,
                MinRttMicros = tally.MinRtt,
                MaxRttMicros = tally.MaxRtt,
                MeanRttMicros = tally.MeanRtt,
            }
            : result with
            {
                Retransmits = peer?.SenderHasRetransmits is 1 && far is { Retransmits: >= 0 } ? far.Retransmits : null,
                LateBytes = stream.Bytes - tally.LastBytes,
            };
    }

    /// <summary>One stream's counters as they were last seen.</summary>
    sealed class Tally
    {
        long baseBytes;
        long? baseRetransmits;
        long? lastRetransmits;
        long rttSum;
        int rttCount;

        public long LastBytes { get; private set; }

        public long Bytes => LastBytes - baseBytes;

        public long? Retransmits => lastRetransmits - baseRetransmits;

        public long? MaxCongestionWindow { get; private set; }

        public long? MaxSendWindow { get; private set; }

        public long? MinRtt { get; private set; }

        public long? MaxRtt { get; private set; }

        public long? MeanRtt => rttCount is 0 ? null : rttSum / rttCount;

        public void Begin(Iperf3Stream stream, TcpInfo info)
        {
            LastBytes = baseBytes = stream.Bytes;
            baseRetransmits = lastRetransmits = info.TotalRetransmits;
        }

        public Iperf3StreamInterval Report(Iperf3Stream stream, TcpInfo info, bool omitted)
        {
            var bytes = stream.Bytes;
            var part = new Iperf3StreamInterval(
                stream.Number,
                bytes - LastBytes,
                info.TotalRetransmits - lastRetransmits,
                info.CongestionWindowBytes,
                info.RttMicros,
                info.RttVarMicros)
            {
                SendWindowBytes = info.SendWindowBytes,
                PathMtuBytes = info.PathMtuBytes,
            };
            LastBytes = bytes;
            lastRetransmits = info.TotalRetransmits ?? lastRetransmits;
            if (!omitted)
                Remember(info);
            return part;
        }

        public void EndWarmUp()
        {
            baseBytes = LastBytes;
            baseRetransmits = lastRetransmits;
        }

        void Remember(TcpInfo info)
        {
            MaxCongestionWindow = Largest(MaxCongestionWindow, info.CongestionWindowBytes);
            MaxSendWindow = Largest(MaxSendWindow, info.SendWindowBytes);
            MaxRtt = Largest(MaxRtt, info.RttMicros);
            if (info.RttMicros is not { } rtt)
                return;
            MinRtt = MinRtt is { } least ? Math.Min(least, rtt) : rtt;
            rttSum += rtt;
            rttCount++;
        }

        static long? Largest(long? known, long? seen) => known is { } a && seen is { } b ? Math.Max(a, b) : known ?? seen;
    }
}
