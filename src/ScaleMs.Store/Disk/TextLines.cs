using Microsoft.Win32.SafeHandles;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Ports;

namespace ScaleMs.Store.Disk;

/// <summary>The lines of a file, read as they are asked for.</summary>
internal static class TextLines
{
    private const int ChunkBytes = 64 * 1024;

    public static IEnumerable<string> Of(string path)
    {
        using var file = DiskErrors.Guard("read", path, () => ReadHandle.Open(path));
        var (cutter, lines, chunk, offset) = (new LineCutter(), new List<string>(), new byte[ChunkBytes], 0L);
        for (var count = Read(path, file, chunk, offset); count > 0; count = Read(path, file, chunk, offset))
        {
            offset += count;
            Cut(path, () => cutter.Take(chunk.AsSpan(0, count), lines));
            foreach (var line in lines)
            {
                yield return line;
            }

            lines.Clear();
        }

        if (cutter.Rest is { } last)
        {
            yield return last;
        }
    }

    private static int Read(string path, SafeFileHandle file, byte[] chunk, long offset) => DiskErrors.Guard("read", path, () => RandomAccess.Read(file, chunk, offset));

    private static void Cut(string path, Action cut)
    {
        try
        {
            cut();
        }
        catch (FormatException cause)
        {
            throw new StoreException($"cannot read '{path}' as a text: {cause.Message}", cause);
        }
    }
}
