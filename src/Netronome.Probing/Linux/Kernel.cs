namespace Netronome.Probing.Linux;

/// <summary>Numbers of the kernel's interface, each with the header it comes from; the same on x86-64 and arm64.</summary>
static class Kernel
{
    // bits/socket.h
    public const int AfInet = 2;
    public const int AfInet6 = 10;
    public const int SockDatagram = 2;
    public const int SockRaw = 3;
    public const int SockNonBlocking = 0x800;
    public const int SockCloseOnExec = 0x80000;
    public const int MsgTruncated = 0x20;
    public const int MsgControlTruncated = 0x8;
    public const int MsgDontWait = 0x40;
    public const int MsgErrorQueue = 0x2000;

    // asm-generic/socket.h
    public const int SolSocket = 1;
    public const int SoError = 4;
    public const int SoReceiveBuffer = 8;
    public const int SoAttachFilter = 26;
    public const int SoReceiveBufferForce = 33;
    public const int SoTimestamping = 37;

    // linux/net_tstamp.h
    public const int TimestampTransmitSoftware = 1 << 1;
    public const int TimestampReceiveSoftware = 1 << 3;
    public const int TimestampSoftware = 1 << 4;
    public const int TimestampOptionId = 1 << 7;
    public const int TimestampOptionOnly = 1 << 11;

    // linux/in.h, linux/in6.h, linux/icmp.h, linux/icmpv6.h
    public const int ProtocolIcmp = 1;
    public const int ProtocolIcmpV6 = 58;
    public const int SolIp = 0;
    public const int IpTos = 1;
    public const int IpTtl = 2;
    public const int IpPacketInfo = 8;
    public const int IpReceiveErrors = 11;
    public const int IpReceiveTtl = 12;
    public const int SolIpV6 = 41;
    public const int IpV6ReceiveErrors = 25;
    public const int IpV6PacketInfo = 50;
    public const int IpV6ReceiveHopLimit = 51;
    public const int IpV6HopLimit = 52;
    public const int IpV6TrafficClass = 67;
    public const int SolRaw = 255;
    public const int IcmpFilter = 1;
    public const int SolIcmpV6 = 58;
    public const int IcmpV6Filter = 1;

    // linux/errqueue.h
    public const byte OriginLocal = 1;
    public const byte OriginIcmp = 2;
    public const byte OriginIcmpV6 = 3;
    public const byte OriginTimestamping = 4;

    // asm-generic/poll.h, sys/eventfd.h
    public const short PollIn = 1;
    public const int EventNonBlocking = 0x800;
    public const int EventCloseOnExec = 0x80000;

    // asm-generic/errno-base.h, asm-generic/errno.h
    public const int NotPermitted = 1;
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int AccessDenied = 13;
    public const int NoDevice = 19;
    public const int Invalid = 22;
    public const int MessageTooBig = 90;
    public const int ProtocolNotSupported = 93;
    public const int SocketTypeNotSupported = 94;
    public const int FamilyNotSupported = 97;
    public const int AddressNotAvailable = 99;
    public const int NetworkUnreachable = 101;
    public const int NoBuffers = 105;
    public const int ConnectionRefused = 111;
    public const int HostDown = 112;
    public const int HostUnreachable = 113;
}
