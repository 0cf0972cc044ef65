using System.Runtime.InteropServices;
using Netronome.Probing.Icmp;
using Netronome.Protocols.Icmp;
using Netronome.Protocols.Ip;

namespace Netronome.Probing.Linux;

/// <summary>The memory of one <c>recvmmsg</c> of 256: headers, names and control data, laid out once, and their reading.</summary>
sealed unsafe class ReceiveRing
{
    const int ControlBytes = 256;

    // One pinned block: messages, vectors, names, control.
    readonly byte[] memory = GC.AllocateArray<byte>(
        ArrivalBatch.Capacity * (sizeof(BatchedMessage) + sizeof(IoVector) + SocketAddressBytes.Capacity + ControlBytes), pinned: true);

    readonly BatchedMessage* messages;
    readonly ArrivalBatch batch;

    public ReceiveRing(ArrivalBatch batch)
    {
        this.batch = batch;
        var place = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0);
        messages = (BatchedMessage*)place;
        var vectors = (IoVector*)(messages + ArrivalBatch.Capacity);
        var names = (byte*)(vectors + ArrivalBatch.Capacity);
        var controls = names + ArrivalBatch.Capacity * SocketAddressBytes.Capacity;
        for (var index = 0; index < ArrivalBatch.Capacity; index++)
        {
            // The batch's slots are pinned too.
            vectors[index] = new()
            {
                Base = (void*)Marshal.UnsafeAddrOfPinnedArrayElement(batch.Buffer, index * ArrivalBatch.SlotBytes),
                Length = ArrivalBatch.SlotBytes,
            };
            messages[index].Header = new()
            {
                Name = names + index * SocketAddressBytes.Capacity,
                Vectors = vectors + index,
                VectorCount = 1,
                Control = controls + index * ControlBytes,
            };
            Reset(index);
        }
    }

    void Reset(int index)
    {
        messages[index].Header.NameLength = SocketAddressBytes.Capacity;
        messages[index].Header.ControlLength = ControlBytes;
    }

    /// <summary>Fills the batch from one queue of a socket.</summary>
    public void Receive(IcmpSocket socket, ArrivalQueue queue)
    {
        batch.Count = 0;
        var flags = Kernel.MsgDontWait | (queue == ArrivalQueue.Errors ? Kernel.MsgErrorQueue : 0);
        var received = TryReceive(socket, flags);
        var sawError = false;
        for (var index = 0; index < received; index++)
        {
            ref var arrival = ref batch[index];
            arrival = default;
            if (queue == ArrivalQueue.Errors)
                sawError |= ReadError(socket, index, ref arrival);
            else
                ReadAnswer(socket, index, ref arrival);
            Reset(index);
        }

        batch.Count = received;
        // Also when there was nothing: a pending error alone would end each wait at once.
        if (sawError || queue == ArrivalQueue.Errors && received == 0)
            socket.ClearPendingError();
    }

    int TryReceive(IcmpSocket socket, int flags)
    {
        // An ICMP error makes one call fail, whatever is there to be read; then it is over.
        for (var tries = 0; tries < 3; tries++)
        {
            var received = Libc.ReceiveMessages(socket.Descriptor, messages, ArrivalBatch.Capacity, flags, null);
            if (received >= 0)
                return received;
            if (Marshal.GetLastPInvokeError() is Kernel.TryAgain)
                return 0;
        }

        return 0;
    }

    ReadOnlySpan<byte> Control(int index) =>
        new(messages[index].Header.Control, (int)messages[index].Header.ControlLength);

    void ReadAnswer(IcmpSocket socket, int index, ref Arrival arrival)
    {
        arrival.Kind = ArrivalKind.Message;
        arrival.Length = (int)Math.Min(messages[index].Length, ArrivalBatch.SlotBytes);
        arrival.Truncated = (messages[index].Header.Flags & Kernel.MsgTruncated) != 0;
        var control = new ControlMessages(Control(index));
        while (control.TryNext())
        {
            switch (control.Level, control.Type)
            {
                case (Kernel.SolSocket, Kernel.SoTimestamping):
                    arrival.StampNanoseconds = ReadStamp(control.Data);
                    break;
                case (Kernel.SolIp, Kernel.IpTtl) or (Kernel.SolIpV6, Kernel.IpV6HopLimit):
                    arrival.Ttl = (byte)MemoryMarshal.Read<int>(control.Data);
                    break;
            }
        }

        // Only raw IPv4 sockets deliver the IP header (raw(7)).
        if (socket is { Version: IcmpVersion.V4, Mode: IcmpSocketMode.Raw } && Ipv4Header.TryParse(batch.Bytes(index), out var header))
        {
            arrival.Ttl = header.Ttl;
            arrival.Offset = header.HeaderBytes;
            arrival.Length -= header.HeaderBytes;
        }
    }

    // Returns true for an ICMP error, false for a transmit stamp.
    bool ReadError(IcmpSocket socket, int index, ref Arrival arrival)
    {
        arrival.Kind = ArrivalKind.Error;
        arrival.Length = (int)Math.Min(messages[index].Length, ArrivalBatch.SlotBytes);
        var control = new ControlMessages(Control(index));
        while (control.TryNext())
        {
            if (control is { Level: Kernel.SolSocket, Type: Kernel.SoTimestamping })
                arrival.StampNanoseconds = ReadStamp(control.Data);
            else if (control is { Level: Kernel.SolIp, Type: Kernel.IpReceiveErrors } or { Level: Kernel.SolIpV6, Type: Kernel.IpV6ReceiveErrors })
                ReadExtendedError(socket, control.Data, ref arrival);
        }

        if (arrival.Kind == ArrivalKind.Transmitted)
            return false;
        arrival.QuotedDestination = SocketAddressBytes.Read(new(messages[index].Header.Name, (int)messages[index].Header.NameLength));
        return true;
    }

    // struct sock_extended_err (linux/errqueue.h): errno 32, origin 8, type 8, code 8, pad 8, info 32, data 32, then the address of who said so.
    static void ReadExtendedError(IcmpSocket socket, ReadOnlySpan<byte> data, ref Arrival arrival)
    {
        if (data.Length < 16)
            return;
        switch (data[4])
        {
            case Kernel.OriginTimestamping:
                arrival.Kind = ArrivalKind.Transmitted;
                arrival.Token = socket.TokenOf(MemoryMarshal.Read<uint>(data[12..]));
                break;
            case Kernel.OriginIcmp:
                arrival.Loss = IcmpError.Classify(IcmpVersion.V4, data[5], data[6]).ToLoss();
                arrival.ReportedBy = SocketAddressBytes.Read(data[16..]);
                break;
            case Kernel.OriginIcmpV6:
                arrival.Loss = IcmpError.Classify(IcmpVersion.V6, data[5], data[6]).ToLoss();
                arrival.ReportedBy = SocketAddressBytes.Read(data[16..]);
                break;
            default:
                arrival.Loss = IcmpSocket.ToLoss(MemoryMarshal.Read<int>(data));
                break;
        }
    }

    // struct scm_timestamping (linux/errqueue.h): the first of three is the software stamp.
    static long ReadStamp(ReadOnlySpan<byte> data) => MemoryMarshal.Read<TimeSpec>(data).TotalNanoseconds;
}
