using System.Buffers;

namespace ScaleMs.Store.Journal;

/// <summary>The bytes of a segment that are being looked at. Several segments that are read one after the other share one, which has room for their longest line.</summary>
internal sealed class ReadWindow : IDisposable
{
    private const int FirstSize = 1 << 18;
    private bool _isRented = true;

    /// <summary>The room, whatever is in it.</summary>
    public byte[] Bytes { get; private set; } = ArrayPool<byte>.Shared.Rent(FirstSize);

    /// <summary>Makes room for at least so many bytes, and keeps those that are there.</summary>
    public void Grow(int size)
    {
        var larger = GC.AllocateUninitializedArray<byte>(size);
        Bytes.CopyTo(larger, 0);
        Dispose();
        (Bytes, _isRented) = (larger, false);
    }

    /// <summary>Gives the room back; one that grew for a line of megabytes is not kept for others.</summary>
    public void Dispose()
    {
        if (_isRented)
        {
            ArrayPool<byte>.Shared.Return(Bytes);
        }

        (Bytes, _isRented) = ([], false);
    }
}
