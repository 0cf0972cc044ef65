using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Netronome.Probing.Throughput;

/// <summary>Memory for one block of payload: pinned, and on a page border, where the kernel copies it fastest.</summary>
sealed class PayloadBuffer
{
    const int PageBytes = 4096;

    readonly byte[] memory;
    readonly int offset;
    readonly int length;

    public PayloadBuffer(int length)
    {
        memory = GC.AllocateUninitializedArray<byte>(length + PageBytes, pinned: true);
        this.length = length;
        offset = (int)(-Address(memory) & (PageBytes - 1));
    }

    /// <summary>The whole block.</summary>
    public Span<byte> Block => memory.AsSpan(offset, length);

    static unsafe nint Address(byte[] pinned) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
