using System.Globalization;
using System.Text.Json;
using Netronome.Probing.Throughput;

namespace Netronome.Output;

/// <summary>
/// The parts of iperf3's document, key for key as 3.12 prints them for TCP. Where iperf3 prints 0 for a thing that it cannot know
/// (the far sender's window and RTT), 0 stays: its readers take the key for granted. Our own additions are under "netronome".
/// </summary>
sealed class Iperf3PeerJson(Iperf3Options options)
{
    readonly bool sending = options.Direction is TransferDirection.Upload;

    public void Start(Utf8JsonWriter writer, Iperf3Start? start)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("connected");
        foreach (var connection in start?.Connections ?? [])
            Connected(writer, connection);
        writer.WriteEndArray();
        writer.WriteString("version", $"netronome {ProgramVersion.Current.Version}");
        writer.WriteString("system_info", SystemInformation());
        if (start is not null)
            Facts(writer, start);
        writer.WriteEndObject();
    }

    public void Interval(Utf8JsonWriter writer, Iperf3Interval interval, Iperf3Start start)
    {
        var (from, to) = (Shown(interval.From, interval.Omitted), Shown(interval.To, interval.Omitted));
        writer.WriteStartObject();
        writer.WriteStartArray("streams");
        foreach (var stream in interval.Streams)
        {
            writer.WriteStartObject();
            writer.WriteNumber("socket", Socket(start, stream.Stream));
            Span(writer, from, to, stream.Bytes);
            if (sending)
            {
                Known(writer, "retransmits", stream.Retransmits);
                Known(writer, "snd_cwnd", stream.CongestionWindowBytes);
                Known(writer, "snd_wnd", stream.SendWindowBytes);
                Known(writer, "rtt", stream.RttMicros);
                Known(writer, "rttvar", stream.RttVarMicros);
                Known(writer, "pmtu", stream.PathMtuBytes);
            }
            Marks(writer, interval.Omitted);
        }
        writer.WriteEndArray();
        writer.WriteStartObject("sum");
        Span(writer, from, to, interval.Bytes);
        if (sending)
            Known(writer, "retransmits", interval.Streams.Aggregate((long?)0, (sum, stream) => sum + stream.Retransmits));
        Marks(writer, interval.Omitted);
        writer.WriteEndObject();
    }

    public void End(Utf8JsonWriter writer, Iperf3Result result)
    {
        writer.WriteStartObject();
        if (result.Start is { } start)
        {
            writer.WriteStartArray("streams");
            foreach (var stream in result.Streams)
                Stream(writer, stream, Socket(start, stream.Stream));
            writer.WriteEndArray();
            Total(writer, "sum_sent", result.SentBytes, result.SenderDuration, result.Retransmits);
            Total(writer, "sum_received", result.ReceivedBytes, result.ReceiverDuration, null);
            Cpu(writer, result);
            if (result.SenderCongestion is not null)
                writer.WriteString("sender_tcp_congestion", result.SenderCongestion);
            if (result.ReceiverCongestion is not null)
                writer.WriteString("receiver_tcp_congestion", result.ReceiverCongestion);
        }
        writer.WriteEndObject();
    }

    /// <summary>What iperf3 has no key for.</summary>
    public static void Additions(Utf8JsonWriter writer, Iperf3Result result)
    {
        writer.WriteStartObject("netronome");
        if (result.Address is not null)
            writer.WriteString("address", result.Address);
        if (result.Failure is { } failure)
            writer.WriteString("failure", JsonNamingPolicy.CamelCase.ConvertName(failure.ToString()));
        if (result.Start is { } start)
            writer.WriteBoolean("receivesWithoutCopy", start.ReceivesWithoutCopy);
        Known(writer, "lateBytes", result.LateBytes);
        writer.WriteEndObject();
    }

    void Facts(Utf8JsonWriter writer, Iperf3Start start)
    {
        writer.WriteStartObject("timestamp");
        writer.WriteString("time", start.StartedAt.ToString("R", CultureInfo.InvariantCulture));
        writer.WriteNumber("timesecs", start.StartedAt.ToUnixTimeSeconds());
        writer.WriteEndObject();
        writer.WriteStartObject("connecting_to");
        writer.WriteString("host", options.Host);
        writer.WriteNumber("port", options.Port);
        writer.WriteEndObject();
        writer.WriteString("cookie", start.Cookie);
        Known(writer, "tcp_mss_default", start.SegmentBytes);
        writer.WriteNumber("target_bitrate", options.BitsPerSecondPerStream ?? 0);
        writer.WriteNumber("sock_bufsize", 0);
        writer.WriteNumber("sndbuf_actual", start.SendBufferBytes);
        writer.WriteNumber("rcvbuf_actual", start.ReceiveBufferBytes);
        writer.WriteStartObject("test_start");
        writer.WriteString("protocol", "TCP");
        writer.WriteNumber("num_streams", options.Streams);
        writer.WriteNumber("blksize", options.BlockBytes);
        writer.WriteNumber("omit", (long)options.Omit.TotalSeconds);
        writer.WriteNumber("duration", options.Bytes is null ? (long)Math.Ceiling(options.Duration.TotalSeconds) : 0);
        writer.WriteNumber("bytes", options.Bytes ?? 0);
        writer.WriteNumber("blocks", 0);
        writer.WriteNumber("reverse", sending ? 0 : 1);
        writer.WriteNumber("tos", 0);
        writer.WriteNumber("target_bitrate", options.BitsPerSecondPerStream ?? 0);
        writer.WriteEndObject();
    }

    void Stream(Utf8JsonWriter writer, Iperf3StreamResult stream, int socket)
    {
        writer.WriteStartObject();
        if (stream is { SentBytes: { } sent, SenderDuration: { } sentIn })
        {
            writer.WriteStartObject("sender");
            writer.WriteNumber("socket", socket);
            Span(writer, TimeSpan.Zero, sentIn, sent);
            Known(writer, "retransmits", stream.Retransmits);
            writer.WriteNumber("max_snd_cwnd", stream.MaxCongestionWindowBytes ?? 0);
            writer.WriteNumber("max_snd_wnd", stream.MaxSendWindowBytes ?? 0);
            writer.WriteNumber("max_rtt", stream.MaxRttMicros ?? 0);
            writer.WriteNumber("min_rtt", stream.MinRttMicros ?? 0);
            writer.WriteNumber("mean_rtt", stream.MeanRttMicros ?? 0);
            writer.WriteBoolean("sender", sending);
            writer.WriteEndObject();
        }
        if (stream is { ReceivedBytes: { } received, ReceiverDuration: { } receivedIn })
        {
            writer.WriteStartObject("receiver");
            writer.WriteNumber("socket", socket);
            Span(writer, TimeSpan.Zero, receivedIn, received);
            writer.WriteBoolean("sender", sending);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    void Total(Utf8JsonWriter writer, string name, long? bytes, TimeSpan? duration, long? retransmits)
    {
        if (bytes is not { } moved || duration is not { } span)
            return;
        writer.WriteStartObject(name);
        Span(writer, TimeSpan.Zero, span, moved);
        Known(writer, "retransmits", retransmits);
        writer.WriteBoolean("sender", sending);
        writer.WriteEndObject();
    }

    static void Cpu(Utf8JsonWriter writer, Iperf3Result result)
    {
        writer.WriteStartObject("cpu_utilization_percent");
        Share("host", result.LocalCpu);
        Share("remote", result.RemoteCpu);
        writer.WriteEndObject();

        void Share(string end, CpuShare? share)
        {
            if (share is { TotalRatio: { } total, UserRatio: { } user, SystemRatio: { } system })
            {
                writer.WriteNumber(end + "_total", total * 100);
                writer.WriteNumber(end + "_user", user * 100);
                writer.WriteNumber(end + "_system", system * 100);
            }
        }
    }

    static void Connected(Utf8JsonWriter writer, Iperf3Connection connection)
    {
        writer.WriteStartObject();
        writer.WriteNumber("socket", connection.Descriptor);
        writer.WriteString("local_host", connection.LocalAddress);
        writer.WriteNumber("local_port", connection.LocalPort);
        writer.WriteString("remote_host", connection.RemoteAddress);
        writer.WriteNumber("remote_port", connection.RemotePort);
        writer.WriteEndObject();
    }

    static void Span(Utf8JsonWriter writer, TimeSpan from, TimeSpan to, long bytes)
    {
        var seconds = (to - from).TotalSeconds;
        writer.WriteNumber("start", from.TotalSeconds);
        writer.WriteNumber("end", to.TotalSeconds);
        writer.WriteNumber("seconds", seconds);
        writer.WriteNumber("bytes", bytes);
        writer.WriteNumber("bits_per_second", seconds > 0 ? bytes * 8.0 / seconds : 0);
    }

    void Marks(Utf8JsonWriter writer, bool omitted)
    {
        writer.WriteBoolean("omitted", omitted);
        writer.WriteBoolean("sender", sending);
        writer.WriteEndObject();
    }

    static void Known(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } known)
            writer.WriteNumber(name, known);
    }

    TimeSpan Shown(TimeSpan at, bool omitted) => omitted ? at : at > options.Omit ? at - options.Omit : TimeSpan.Zero;

    static int Socket(Iperf3Start start, int stream) => start.Connections.First(connection => connection.Stream == stream).Descriptor;

    /// <summary>What uname(1) prints.</summary>
    static string SystemInformation()
    {
        const string kernel = "/proc/sys/kernel/";
        if (!File.Exists(kernel + "ostype"))
            return Environment.OSVersion.VersionString;
        string[] parts = ["ostype", "hostname", "osrelease", "version"];
        var architecture = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "x86_64",
            System.Runtime.InteropServices.Architecture.Arm64 => "aarch64",
            var other => other.ToString().ToLowerInvariant(),
        };
        return string.Join(' ', parts.Select(part => File.ReadAllText(kernel + part).Trim()).Append(architecture));
    }
}
