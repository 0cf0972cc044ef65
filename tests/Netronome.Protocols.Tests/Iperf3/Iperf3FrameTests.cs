using System.Buffers.Binary;
using System.Text;
using Netronome.Protocols.Iperf3;

namespace Netronome.Protocols.Tests.Iperf3;

/// <summary>Golden bytes: iperf3 3.12 of Debian 12 on loopback, <c>iperf3 -c 127.0.0.1 -P 2 -t 1 -b 1M</c>, recorded with tcpdump.</summary>
public class Iperf3FrameTests
{
    const string RecordedParameters =
        """{"tcp":true,"omit":0,"time":1,"num":0,"blockcount":0,"parallel":2,"len":131072,"bandwidth":1000000,"pacing_timer":1000,"client_version":"3.12"}""";

    const string RecordedReverseParameters =
        """{"tcp":true,"omit":0,"time":2,"num":0,"blockcount":0,"parallel":1,"reverse":true,"len":131072,"bandwidth":1000000,"pacing_timer":1000,"client_version":"3.12"}""";

    internal const string RecordedServerResults =
        """{"cpu_util_total":0.031588206421639377,"cpu_util_user":0,"cpu_util_system":0.031782595384234079,"sender_has_retransmits":18446744073709551615,"congestion_used":"bbr","streams":[{"id":1,"bytes":131072,"retransmits":18446744073709551615,"jitter":0,"errors":0,"packets":0,"start_time":0,"end_time":1.028857},{"id":3,"bytes":131072,"retransmits":18446744073709551615,"jitter":0,"errors":0,"packets":0,"start_time":0,"end_time":1.028857}]}""";

    [Fact]
    public void Parameters_come_out_byte_for_byte_as_iperf3_writes_them()
    {
        var upload = new Iperf3Parameters
        {
            Tcp = true, TimeSeconds = 1, Parallel = 2, BlockBytes = 131072, BitsPerSecond = 1_000_000, PacingTimerMicros = 1000,
            ClientVersion = "3.12",
        };
        var download = upload with { TimeSeconds = 2, Parallel = 1, Reverse = true };

        Assert.Equal("0000008F" + Hex(RecordedParameters), Convert.ToHexString(Iperf3Frame.Write(upload)));
        Assert.Equal("0000009E" + Hex(RecordedReverseParameters), Convert.ToHexString(Iperf3Frame.Write(download)));
    }

    [Fact]
    public void Parameters_read_back_as_they_were_written()
    {
        var parameters = Iperf3Frame.ReadParameters(Encoding.UTF8.GetBytes(RecordedReverseParameters));

        Assert.True(parameters is { Tcp: true, Reverse: true, TimeSeconds: 2, Parallel: 1, BlockBytes: 131072, BitsPerSecond: 1_000_000 });
        Assert.Equal(RecordedReverseParameters, Encoding.UTF8.GetString(Iperf3Frame.Write(parameters)[4..]));
    }

    [Fact]
    public void A_servers_results_read_with_its_unsigned_minus_one()
    {
        var results = Iperf3Frame.ReadResults(Encoding.UTF8.GetBytes(RecordedServerResults));

        Assert.Equal(-1, results.SenderHasRetransmits);
        Assert.Equal("bbr", results.CongestionUsed);
        Assert.Equal([1, 3], results.Streams.Select(stream => stream.Id));
        Assert.All(results.Streams, stream => Assert.True(stream is { Bytes: 131072, Retransmits: -1, EndSeconds: 1.028857 }));
    }

    [Fact]
    public void Our_results_have_the_keys_that_iperf3_requires()
    {
        var frame = Iperf3Frame.Write(new Iperf3Results
        {
            CpuTotalPercent = 1.5, CpuUserPercent = 0.5, CpuSystemPercent = 1, SenderHasRetransmits = -1, CongestionUsed = "cubic",
            Streams = [new() { Id = 1, Bytes = 42, Retransmits = -1, JitterSeconds = 0, StartSeconds = 0, EndSeconds = 1.25 }],
        });

        Assert.Equal(frame.Length - 4, BinaryPrimitives.ReadInt32BigEndian(frame));
        Assert.Equal(
            """{"cpu_util_total":1.5,"cpu_util_user":0.5,"cpu_util_system":1,"sender_has_retransmits":-1,"congestion_used":"cubic","streams":[{"id":1,"bytes":42,"retransmits":-1,"jitter":0,"errors":0,"packets":0,"start_time":0,"end_time":1.25}]}""",
            Encoding.UTF8.GetString(frame[4..]));
    }

    [Fact]
    public void Unknown_keys_and_other_ways_to_write_a_number_are_taken()
    {
        var results = Iperf3Frame.ReadResults(
            """
            {"new_thing":{"deep":[1,2]},"cpu_util_total":null,"cpu_util_user":1e0,"cpu_util_system":0,"sender_has_retransmits":true,
             "streams":[{"id":1.0,"bytes":1.5e+10,"retransmits":1.8446744073709552e+19,"jitter":null,"errors":0,"packets":0,"gro":true}]}
            """u8);

        Assert.Null(results.CpuTotalPercent);
        Assert.Equal(1, results.SenderHasRetransmits);
        Assert.True(Assert.Single(results.Streams) is { Id: 1, Bytes: 15_000_000_000, Retransmits: -1, EndSeconds: null });
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"cpu_util_total":0,"cpu_util_user":0,"cpu_util_system":0,"sender_has_retransmits":0,"streams":null}""")]
    [InlineData("""{"cpu_util_total":0,"cpu_util_user":0,"cpu_util_system":0,"sender_has_retransmits":0,"streams":[null]}""")]
    [InlineData("""{"cpu_util_total":0,"cpu_util_user":0,"cpu_util_system":0,"sender_has_retransmits":0,"streams":{}}""")]
    [InlineData("""{"cpu_util_total":"0","cpu_util_user":0,"cpu_util_system":0,"sender_has_retransmits":0,"streams":[]}""")]
    [InlineData("""{"cpu_util_total":0,"cpu_util_user":0,"cpu_util_system":0,"sender_has_retransmits":[],"streams":[]}""")]
    [InlineData("""{"cpu_util_total":0,"cpu_util_user":0,"cpu_util_system":0,"sender_has_retransmits":-1e40,"streams":[]}""")]
    public void Documents_that_are_not_results_are_refused_with_a_protocol_exception(string json) =>
        Assert.Throws<ProtocolException>(() => Iperf3Frame.ReadResults(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.Throws<ProtocolException>(() => Iperf3Frame.ReadResults(Encoding.UTF8.GetBytes("{\"a\":" + new string('[', 100_000))));

    [Fact]
    public void A_length_is_taken_up_to_its_bound_and_no_further()
    {
        Assert.Equal(0x185, Iperf3Frame.ReadLength([0, 0, 1, 0x85]));
        Assert.Equal(Iperf3Frame.MaxJsonBytes, Iperf3Frame.ReadLength([0, 0x10, 0, 0]));
        Assert.Throws<ProtocolException>(() => Iperf3Frame.ReadLength([0, 0x10, 0, 1]));
        Assert.Throws<ProtocolException>(() => Iperf3Frame.ReadLength([0xff, 0xff, 0xff, 0xff]));
        Assert.Throws<ProtocolException>(() => Iperf3Frame.ReadLength([0, 0, 0, 0]));
    }

    static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));
}
