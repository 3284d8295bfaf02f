using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;
using ScaleMs.Core.Records;

namespace ScaleMs.Core.Ports;

/// <summary>The disk as the Engine sees it, small enough to be replaced in a test.</summary>
/// <remarks>Paths are absolute. Thread-safe. IO errors surface as <see cref="StoreException"/> with the path in the message.</remarks>
public interface IDisk
{
    /// <summary>Looks at a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followLinks">Whether a symbolic link stands for its target.</param>
    /// <returns>The stat tuple, or null when nothing is there.</returns>
    FileStat? Stat(string path, bool followLinks = true);

    /// <summary>The file system's own clock on the device of a directory, read with a probe file.</summary>
    /// <param name="directory">A directory that may be written.</param>
    /// <returns>Nanoseconds since 1970.</returns>
    long Now(string directory);

    /// <summary>The clock of the file system that a file is on, wherever that is, read without leaving anything there.</summary>
    /// <param name="file">A file.</param>
    /// <returns>Nanoseconds since 1970: nothing there is stamped earlier from now on, where clocks of file servers lag no more than 2 seconds behind; 0 where nothing is known.</returns>
    long NowBeside(string file) => 0;

    /// <summary>Whether the file system of a directory gives every change after a look another time stamp, so that an equal stat tuple proves that nothing changed.</summary>
    /// <param name="directory">A directory that may be written.</param>
    /// <returns>False where changes in one tick of a clock may share a stamp, or where it is not known.</returns>
    bool HasFineStamps(string directory) => false;

    /// <summary>Reads a file once for its digest and its identities.</summary>
    /// <param name="path">A regular file.</param>
    /// <param name="identities">Identity rules to compute in the same pass.</param>
    /// <returns>The byte digest, and an identity for each rule in order.</returns>
    (Digest Bytes, IReadOnlyList<Digest> Identities) Hash(string path, IReadOnlyList<ContentIdentity> identities);

    /// <summary>Reads a text file as UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its text.</returns>
    string ReadText(string path);

    /// <summary>Reads the end of a text file as UTF-8; another process may be writing it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">How many bytes at most.</param>
    /// <returns>The text of its last bytes.</returns>
    string ReadTail(string path, int bytes);

    /// <summary>Whether a directory is there and holds nothing.</summary>
    /// <param name="path">The directory.</param>
    /// <returns>False also when it is not there, or is no directory.</returns>
    bool IsEmptyDirectory(string path);

    /// <summary>What a directory holds, in ordinal order of the names. Links are not followed.</summary>
    /// <param name="path">The directory.</param>
    /// <returns>Its entries.</returns>
    IReadOnlyList<DiskEntry> List(string path);

    /// <summary>Writes a text file as UTF-8, by way of a temporary name and a rename.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text.</param>
    void WriteText(string path, string text);

    /// <summary>Copies a file by way of a temporary name and a rename; shares the blocks where the file system can.</summary>
    /// <param name="source">An existing file.</param>
    /// <param name="target">The copy; replaced when it is there; its directory is made.</param>
    /// <param name="executable">Whether the copy may be executed.</param>
    void Copy(string source, string target, bool executable);

    /// <summary>Copies as <see cref="Copy"/>, and tells how the copy looks if nobody is seen to have written to it meanwhile.</summary>
    /// <param name="source">An existing file.</param>
    /// <param name="target">The copy; replaced when it is there; its directory is made.</param>
    /// <param name="executable">Whether the copy may be executed.</param>
    /// <returns>The stat tuple under which the copy holds the source's bytes, as far as time stamps tell changes apart; null where it is not known.</returns>
    FileStat? CopyAndLook(string source, string target, bool executable)
    {
        Copy(source, target, executable);
        return null;
    }

    /// <summary>Makes a directory out of one that is not needed any more, where that costs less than making a new one.</summary>
    /// <param name="former">The directory; nobody may have anything in it open.</param>
    /// <param name="target">Its new name, in the same folder; must not be there.</param>
    /// <param name="order">What the new one is to hold; everything else that was in it is gone before it gets its name.</param>
    /// <returns>Files for <see cref="TryCopyOver"/>, absolute; null when it was not done: the target is not there, and the former one in any state.</returns>
    IReadOnlyList<string>? TryRecycle(string former, string target, RecycleOrder order) => null;

    /// <summary>Copies as <see cref="Copy"/> into a file that nobody needs any more, and gives it the target's name.</summary>
    /// <param name="spare">A file that <see cref="TryRecycle"/> told of.</param>
    /// <param name="source">An existing file.</param>
    /// <param name="target">The copy; replaced when it is there; its directory is there.</param>
    /// <param name="executable">Whether the copy may be executed.</param>
    /// <returns>Whether the spare file could be used; if not, nothing stands at the target that was not there before.</returns>
    bool TryCopyOver(string spare, string source, string target, bool executable) => false;

    /// <summary>Removes what a copy to a target left beside it when its process was killed.</summary>
    /// <param name="target">The copy; it stays as it is.</param>
    void EndInterruptedCopy(string target)
    {
    }

    /// <summary>Makes a file that shares another's blocks until one of them is written; as cheap as a link and as safe as a copy.</summary>
    /// <param name="source">An existing file.</param>
    /// <param name="target">The clone; must not be there; its directory is made.</param>
    /// <param name="executable">Whether the clone may be executed.</param>
    /// <returns>Whether the file system can; if not, nothing was made.</returns>
    bool TryClone(string source, string target, bool executable);

    /// <summary>Makes a symbolic link.</summary>
    /// <param name="target">What it points to.</param>
    /// <param name="link">Where it stands.</param>
    void Link(string target, string link);

    /// <summary>Moves a file or directory within one file system; the target's directory is made.</summary>
    /// <param name="source">What is moved.</param>
    /// <param name="target">Where to; must not be there.</param>
    void Move(string source, string target);

    /// <summary>Makes a directory and its parents.</summary>
    /// <param name="path">The directory.</param>
    void CreateDirectory(string path);

    /// <summary>Removes a file, or a directory with all it holds; nothing there is no error. Links are not followed.</summary>
    /// <param name="path">What is removed.</param>
    void Delete(string path);

    /// <summary>Whether what is written below a directory stays in memory and never reaches a disk.</summary>
    /// <param name="directory">A directory.</param>
    /// <returns>False also where it is not known.</returns>
    bool IsInMemory(string directory) => false;

    /// <summary>Reads a file that is small enough to be held.</summary>
    /// <param name="path">A regular file.</param>
    /// <returns>Its bytes.</returns>
    byte[] ReadBytes(string path) => System.Text.Encoding.UTF8.GetBytes(ReadText(path));

    /// <summary>Reads a text file as UTF-8, line by line, without holding more than one.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its lines without their ends. A line of more than <see cref="LineCutter.Longest"/> bytes is an error: then it is no text.</returns>
    IEnumerable<string> ReadLines(string path)
    {
        var (cutter, lines) = (new LineCutter(), new List<string>());
        try
        {
            cutter.Take(ReadBytes(path), lines);
        }
        catch (FormatException cause)
        {
            throw new StoreException($"cannot read '{path}' as a text: {cause.Message}", cause);
        }

        return cutter.Rest is { } last ? lines.Append(last) : lines;
    }

    /// <summary>Writes a file that only this user may read, in a directory that only this user may enter.</summary>
    /// <param name="path">The file; nothing is there. Its directory is made.</param>
    /// <param name="bytes">What it holds.</param>
    void WritePrivate(string path, byte[] bytes)
    {
        CreateDirectory(path[..path.LastIndexOf('/')]);
        WriteText(path, System.Text.Encoding.UTF8.GetString(bytes));
    }

    /// <summary>The regular files below a directory, links not followed.</summary>
    /// <param name="directory">The directory; nothing there means none.</param>
    /// <returns>Absolute paths.</returns>
    IReadOnlyList<string> FilesBelow(string directory) => [];

    /// <summary>Whether one of some patterns stands in a file.</summary>
    /// <param name="path">A regular file.</param>
    /// <param name="patterns">The patterns.</param>
    /// <returns>True when one does.</returns>
    bool Holds(string path, Secrets.SecretPatterns patterns) => patterns.AreIn(ReadBytes(path));

    /// <summary>The real path of an existing file, all links resolved.</summary>
    /// <param name="path">A path.</param>
    /// <returns>The real path.</returns>
    string RealPath(string path);
}
