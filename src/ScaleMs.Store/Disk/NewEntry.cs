namespace ScaleMs.Store.Disk;

/// <summary>How a folder looks that was just made in a parent: mode, owner and attributes come from the process and the parent. Linux only.</summary>
/// <remarks>A tool may have changed any of them in its directory, and what is made there later takes some of them over.</remarks>
internal sealed unsafe class NewEntry
{
    private const int MostAttributeBytes = 1024;
    private const int PermissionsOfFiles = 0x1B6;
    private const int RegularFile = 0x8000;

    private readonly StatxBuffer _folder;
    private readonly byte[] _attributes;

    private NewEntry(string folder) => (_folder, _attributes) = (StatReader.Entry(folder), Attributes(folder));

    /// <summary>Makes a folder, looks at it and removes it.</summary>
    /// <param name="path">Where nothing is.</param>
    public static NewEntry LookAt(string path)
    {
        Directory.CreateDirectory(path);
        try
        {
            return new NewEntry(path);
        }
        finally
        {
            Directory.Delete(path);
        }
    }

    /// <summary>Whether an entry is a folder that cannot be told from a new one.</summary>
    public bool IsLikeFolder(string path, in StatxBuffer entry) => entry.Mode == _folder.Mode && IsOurs(path, entry);

    /// <summary>Whether an entry is a file as a program makes it, with one name.</summary>
    public bool IsLikeFile(string path, in StatxBuffer entry) =>
        entry.Mode == (RegularFile | (_folder.Mode & PermissionsOfFiles)) && IsPlainFile(path, entry);

    /// <summary>Whether an entry is a file with one name that is a new one but for its mode and bytes.</summary>
    public bool IsPlainFile(string path, in StatxBuffer entry) => (entry.Mode & 0xF000) == RegularFile && entry.Names == 1 && IsOurs(path, entry);

    private static byte[] Attributes(string path)
    {
        var names = stackalloc byte[MostAttributeBytes];
        var length = Libc.ListAttributes(path, names, MostAttributeBytes);
        return length >= 0 ? new ReadOnlySpan<byte>(names, (int)length).ToArray() : throw DiskErrors.LastError();
    }

    private bool IsOurs(string path, in StatxBuffer entry) =>
        entry.Owner == _folder.Owner && entry.Group == _folder.Group && Attributes(path).AsSpan().SequenceEqual(_attributes);
}
