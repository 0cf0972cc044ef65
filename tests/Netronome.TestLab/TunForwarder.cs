using System.Diagnostics;
using System.Text;

namespace Netronome.TestLab;

/// <summary>
/// A wire with a memory: a TUN device in each of two namespaces and one thread that carries packets between them at
/// their due times. Resolution is some ten microseconds (the thread runs under SCHED_FIFO where it may).
/// </summary>
sealed unsafe class TunForwarder : IDisposable
{
    /// <summary>linux/if_tun.h: IFF_TUN | IFF_NO_PI, bare IP packets.</summary>
    const short TunWithoutHeader = 0x0001 | 0x1000;

    const int BatchSize = 64;

    /// <summary>
    /// Timers of a virtual machine come late by some hundred microseconds; so the last stretch before a packet is due is
    /// spent looking at the clock and the devices.
    /// </summary>
    const long SpinNanoseconds = 300_000;

    readonly int deviceA;
    readonly int deviceB;
    readonly int stop;
    readonly DelayLine aToB;
    readonly DelayLine bToA;
    readonly Thread thread;

    TunForwarder(int deviceA, int deviceB, LinkConditions forward, LinkConditions backward)
    {
        (this.deviceA, this.deviceB) = (deviceA, deviceB);
        stop = Libc.EventDescriptor(0, 0);
        aToB = new DelayLine(deviceA, deviceB, forward, seed: 1);
        bToA = new DelayLine(deviceB, deviceA, backward, seed: 2);
        thread = new Thread(Carry) { IsBackground = true, Name = "lab forwarder", Priority = ThreadPriority.Highest };
        thread.Start();
    }

    internal ForwarderCounts CountsAToB => aToB.Counts;

    internal ForwarderCounts CountsBToA => bToA.Counts;

    internal static TunForwarder Start(LinkEnd a, LinkEnd b, LinkConditions aToB, LinkConditions bToA) =>
        new(OpenDevice(a), OpenDevice(b), aToB, bToA);

    internal void Apply(LinkConditions forward, LinkConditions backward)
    {
        aToB.Conditions = forward;
        bToA.Conditions = backward;
    }

    static int OpenDevice(LinkEnd end) => end.Host.InsideAsync(() =>
    {
        var descriptor = Libc.Open("/dev/net/tun", Libc.OpenReadWriteNonBlocking);
        if (descriptor < 0)
        {
            throw Libc.Failed("open /dev/net/tun");
        }

        var request = new Libc.InterfaceRequest { Flags = TunWithoutHeader };
        Encoding.ASCII.GetBytes(end.Device, new Span<byte>(request.Name, 15));
        return Libc.Control(descriptor, Libc.TunSetInterface, &request) == 0 ? descriptor : throw Libc.Failed("TUNSETIFF");
    }).GetAwaiter().GetResult();

    void Carry()
    {
        // Without the right to real-time scheduling the forwarder is only less exact.
        var priority = 10;
        _ = Libc.SetScheduler(0, Libc.SchedulerFifo, &priority);
        _ = Libc.ProcessControl(Libc.SetTimerSlack, 1);

        var descriptors = stackalloc Libc.PollDescriptor[3];
        descriptors[0] = new() { Descriptor = deviceA, Events = Libc.PollIn };
        descriptors[1] = new() { Descriptor = deviceB, Events = Libc.PollIn };
        descriptors[2] = new() { Descriptor = stop, Events = Libc.PollIn };
        while (descriptors[2].Returned == 0)
        {
            aToB.DeliverDue();
            bToA.DeliverDue();
            var due = Math.Min(aToB.NextDue, bToA.NextDue);
            var wait = Math.Max(0, due - Stopwatch.GetTimestamp() - SpinNanoseconds);
            var timeout = new Libc.TimeSpec { Seconds = wait / 1_000_000_000, Nanoseconds = wait % 1_000_000_000 };
            _ = Libc.Poll(descriptors, 3, due == long.MaxValue ? null : &timeout, null);
            if (descriptors[0].Returned != 0)
            {
                aToB.Take(BatchSize);
            }

            if (descriptors[1].Returned != 0)
            {
                bToA.Take(BatchSize);
            }
        }
    }

    public void Dispose()
    {
        ulong one = 1;
        _ = Libc.Write(stop, &one, sizeof(ulong));
        thread.Join();
        _ = Libc.Close(deviceA);
        _ = Libc.Close(deviceB);
        _ = Libc.Close(stop);
        aToB.Dispose();
        bToA.Dispose();
    }
}
