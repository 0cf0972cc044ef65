namespace Netronome.Protocols.Tests.Icmp;

/// <summary>
/// IP packets recorded with tcpdump between two network namespaces on Linux 6.18: echoes by iputils' ping 20221126 (-s 8), answers and errors by the
/// kernel, one for a route of type unreachable, one for a hop limit of 1.
/// </summary>
static class Captured
{
    public static readonly byte[] RequestV4 = Convert.FromHexString(
        "4500002414e740004001112c0a6200010a6200020800912f5abf00010001020304050607");

    public static readonly byte[] ReplyV4 = Convert.FromHexString(
        "4500002485e300004001e02f0a6200020a6200010000992f5abf00010001020304050607");

    public static readonly byte[] HostUnreachableV4 = Convert.FromHexString(
        "45c0004085e400004001df520a6200020a6200010301fcfe000000004500002453eb40004001d2290a6200010a610001"
        + "0800912b5ac300010001020304050607");

    public static readonly byte[] TimeExceededV4 = Convert.FromHexString(
        "45c0004085e600004001df500a6200020a6200010b00f4ff0000000045000024c10440000101a4110a6200010a600001"
        + "080091215acd00010001020304050607");

    public static readonly byte[] RequestV6 = Convert.FromHexString(
        "60051e9d00103a4020010db800980000000000000000000120010db80098000000000000000000028000bc365ac800010001020304050607");

    public static readonly byte[] ReplyV6 = Convert.FromHexString(
        "600a559b00103a4020010db800980000000000000000000220010db80098000000000000000000018100bb365ac800010001020304050607");

    public static readonly byte[] NoRouteV6 = Convert.FromHexString(
        "600941ae00403a4020010db800980000000000000000000220010db80098000000000000000000010100bdfd00000000"
        + "600549d700103a4020010db800980000000000000000000120010db80097000000000000000000018000bc375ac900010001020304050607");

    public static readonly byte[] TimeExceededV6 = Convert.FromHexString(
        "600395d400403a4020010db800980000000000000000000220010db80098000000000000000000010300495300000000"
        + "6007bcbe00103a0120010db800980000000000000000000120010db80096000000000000000000018000bc375aca00010001020304050607");

    public static ReadOnlySpan<byte> IcmpOf(byte[] packet) => packet.AsSpan(packet[0] >> 4 == 4 ? 20 : 40);
}
