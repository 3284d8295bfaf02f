using System.Text;

namespace ScaleMs.Launchers.Native;

/// <summary>Files that are written from their beginning, without the truncation by which <see cref="FileMode.Create"/> empties also what it has just made.</summary>
/// <remarks>
/// ext4 takes a truncation for the beginning of a replacement (<c>auto_da_alloc</c>): it sends the file to the disk as soon as it is closed. A small file that is read and
/// removed a moment later, as most of an attempt are, never needs to go there, and has no blocks then to be freed and discarded.
/// </remarks>
internal static class FreshFile
{
    /// <summary>Opens a file for writing, empty.</summary>
    internal static FileStream Open(string path)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        Empty(file);
        return file;
    }

    /// <summary>Empties a file, if it is not.</summary>
    internal static void Empty(FileStream file)
    {
        if (file.Length > 0)
        {
            file.SetLength(0);
        }
    }

    /// <summary>Writes a text as UTF-8, without a mark of the order of bytes.</summary>
    internal static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a whole file.</summary>
    internal static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Empty(file);
        RandomAccess.Write(file.SafeFileHandle, bytes, 0);
    }
}
