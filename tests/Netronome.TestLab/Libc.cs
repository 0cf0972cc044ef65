using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Netronome.TestLab;

/// <summary>The system calls the lab needs that .NET has no name for. Numbers are those of the Linux UAPI headers.</summary>
static partial class Libc
{
    /// <summary>linux/sched.h CLONE_NEWNET.</summary>
    internal const int CloneNewNet = 0x40000000;

    /// <summary>linux/if_tun.h TUNSETIFF, _IOW('T', 202, int).</summary>
    internal const nuint TunSetInterface = 0x400454ca;

    /// <summary>asm-generic/fcntl.h: O_RDWR | O_NONBLOCK | O_CLOEXEC, and O_RDONLY | O_CLOEXEC.</summary>
    internal const int OpenReadWriteNonBlocking = 0x2 | 0x800 | 0x80000;
    internal const int OpenReadOnly = 0x80000;

    /// <summary>asm-generic/poll.h POLLIN.</summary>
    internal const short PollIn = 1;

    /// <summary>linux/prctl.h PR_SET_TIMERSLACK: how late the kernel may wake this thread, in nanoseconds.</summary>
    internal const int SetTimerSlack = 29;

    /// <summary>linux/sched.h SCHED_FIFO.</summary>
    internal const int SchedulerFifo = 1;

    internal const int SignalInterrupt = 2;
    internal const int SignalKill = 9;
    internal const int SignalUser1 = 10;

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollDescriptor
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct TimeSpec
    {
        internal long Seconds;
        internal long Nanoseconds;
    }

    /// <summary>net/if.h struct ifreq as TUNSETIFF reads it: a name of 16 bytes, then the flags; 40 bytes in all.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 40)]
    internal unsafe struct InterfaceRequest
    {
        internal fixed byte Name[16];
        internal short Flags;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    internal static partial int SetNamespace(int descriptor, int kind);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static unsafe partial int Control(int descriptor, nuint request, InterfaceRequest* argument);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static unsafe partial nint Read(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static unsafe partial nint Write(int descriptor, void* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    internal static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, TimeSpec* timeout, void* signalMask);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    internal static partial int ProcessControl(int option, nuint argument);

    [LibraryImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    internal static unsafe partial int SetScheduler(int thread, int policy, int* priority);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    /// <summary>The reason of the last failed call, as an exception that names the call.</summary>
    internal static LabException Failed(string call)
    {
        var error = Marshal.GetLastPInvokeError();
        return new LabException($"{call}: {new Win32Exception(error).Message} (errno {error})");
    }
}
