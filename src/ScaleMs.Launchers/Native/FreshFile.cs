namespace ScaleMs.Launchers.Native;

/// <summary>Files that are written from their beginning, without the truncation by which <see cref="FileMode.Create"/> empties also what it has just made.</summary>
/// <remarks>
/// ext4 takes a truncation for the beginning of a replacement (<c>auto_da_alloc</c>): it sends the file to the disk as soon as it is closed. A small file that is read and
/// removed a moment later, as most of an attempt are, never needs to go there, and has no blocks then to be freed and discarded.
/// </remarks>
internal static class FreshFile
{
    /// <summary>Opens a file for writing, empty.</summary>
    internal static FileStream Open(string path) => Open(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Empties a file, if it is not. What has no length, a pipe for one, is as it is.</summary>
    internal static void Empty(FileStream file)
    {
        if (file.CanSeek && file.Length > 0)
        {
            file.SetLength(0);
        }
    }

    /// <summary>Writes a text as UTF-8, without a mark of the order of bytes, and without a copy of the whole in memory.</summary>
    /// <exception cref="System.Text.EncoderFallbackException">There is half a character in it, which UTF-8 cannot tell.</exception>
    internal static void Write(string path, string text)
    {
        using var writer = new StreamWriter(Open(path, FileAccess.Write, FileShare.Read));
        writer.Write(text);
    }

    /// <summary>Writes a whole file.</summary>
    internal static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = Open(path, FileAccess.Write, FileShare.Read);
        RandomAccess.Write(file.SafeFileHandle, bytes, 0);
    }

    /// <summary>The same, for others to read meanwhile or not.</summary>
    internal static FileStream Open(string path, FileAccess access, FileShare share)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, access, share);
        Empty(file);
        return file;
    }
}
