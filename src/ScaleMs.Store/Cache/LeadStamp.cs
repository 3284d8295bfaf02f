using System.Runtime.InteropServices;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>The one file that all leads of a client are names of, so that one stamp renews them all, however many there are.</summary>
/// <remarks>
/// Each lead is still a file that tells who leads and when that client was last heard of, as clients of former versions write and read it. Where a file system
/// gives a file no second name, or does not show that it is the same file, each lead is a file of its own. Thread-safe.
/// </remarks>
/// <param name="layout">The cache.</param>
/// <param name="options">Who the client is.</param>
internal sealed class LeadStamp(CacheLayout layout, CacheOptions options)
{
    private static readonly UnixFileMode Mode = FileCopier.ReadOnly | UnixFileMode.UserWrite;

    private readonly Lock _gate = new();
    private readonly List<(string Path, ulong Inode)> _files = [];
    private bool _isAlone = !OperatingSystem.IsLinux();

    /// <summary>Gives a file a second name, as the system call does.</summary>
    public Func<string, string, int> Link { private get; init; } = Libc.Link;

    /// <summary>Looks at a file, as the system call does.</summary>
    public Func<string, FileStat?> Look { get; init; } = static path => StatReader.Read(path, followLinks: false);

    /// <summary>Makes a lead, stamped with the present time, unless there is one of that name.</summary>
    /// <param name="path">The lead.</param>
    /// <returns>The file that is to be stamped to renew it, and what the lead looks like; null when somebody else has it.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public (string File, FileStat Lead)? TryName(string path)
    {
        lock (_gate)
        {
            if (!_isAlone && TryLink(path) is { } file)
            {
                if (SeenAs(file, path) is { } shared)
                {
                    return (file.Path, shared);
                }

                // Its stamp may not be theirs, and nobody could tell whose it is: it must not stand there.
                _isAlone = true;
                File.Delete(path);
            }

            return _isAlone && NewFile.Add(layout, path, LeaseNote.Of(options).Encode(), Mode) && Look(path) is { } own ? (path, own) : null;
        }
    }

    /// <summary>Whether a lead that looks like another file by now is ours all the same: the file system does not keep the numbers of files, and the text is ours.</summary>
    /// <param name="path">The lead.</param>
    public bool IsOursUnderAnotherNumber(string path)
    {
        lock (_gate)
        {
            var isRenumbered = _files.Exists(file => Look(file.Path) is { } now && now.Inode != file.Inode);
            _isAlone |= isRenumbered;
            return isRenumbered && LeaseNote.TryRead(path) == LeaseNote.Of(options);
        }
    }

    /// <summary>Makes a lead that stays a file of its own, which nobody stamps any more.</summary>
    /// <param name="path">The lead.</param>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Leave(string path) => NewFile.Replace(layout, path, LeaseNote.Of(options).Encode(), Mode);

    /// <summary>Whether a file is one that leads are names of.</summary>
    public bool IsShared(string file)
    {
        lock (_gate)
        {
            return _files.Exists(one => one.Path == file);
        }
    }

    /// <summary>Removes what is no lead.</summary>
    public void End()
    {
        lock (_gate)
        {
            _files.ForEach(file => TemporaryName.TryDelete(file.Path));
        }
    }

    /// <returns>The file that has the name now; null when the name is taken, or no file can have two.</returns>
    private (string Path, ulong Inode)? TryLink(string path)
    {
        // A stamp before it has the name: it is never seen with an old one. A file that has all the names it may have is followed by another.
        for (var isNew = false; ; isNew = true)
        {
            var file = isNew || _files.Count == 0 || FileTouch.Now(_files[^1].Path) == Touched.Gone ? Make() : _files[^1];
            if (Link(file.Path, path) == 0)
            {
                return file;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Exists:
                    // A file server that is asked twice, because its first answer was lost, says so too.
                    return SeenAs(file, path) is not null ? file : null;
                case Errno.NoEntry when !isNew:
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    break;
                case Errno.TooManyLinks when !isNew:
                    break;
                case Errno.NotPermitted or Errno.NotSupported or Errno.NoSystemCall or Errno.CrossDevice or Errno.TooManyLinks:
                    _isAlone = true;
                    return null;
                default:
                    throw DiskErrors.LastError();
            }
        }
    }

    private (string Path, ulong Inode) Make()
    {
        var path = NewFile.Make(layout, LeaseNote.Of(options).Encode(), Mode);
        _files.Add((path, Look(path)?.Inode ?? 0));
        return _files[^1];
    }

    /// <summary>What a name of a file looks like; null where it does not look like that file.</summary>
    private FileStat? SeenAs((string Path, ulong Inode) file, string path)
    {
        try
        {
            return Look(path) is { } there && there.Inode == file.Inode ? there : null;
        }
        catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is Core.Ports.StoreException)
        {
            return null;
        }
    }
}
