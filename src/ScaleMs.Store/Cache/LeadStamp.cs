using System.Runtime.InteropServices;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.Cache;

/// <summary>The one file that all leads of a client are names of, so that one stamp renews them all, however many there are.</summary>
/// <remarks>
/// Each lead is still a file that tells who leads and when that client was last heard of, as clients of former versions write and read it. Where a file system
/// gives a file no second name, each lead is a file of its own. Thread-safe.
/// </remarks>
/// <param name="layout">The cache.</param>
/// <param name="options">Who the client is.</param>
internal sealed class LeadStamp(CacheLayout layout, CacheOptions options)
{
    private static readonly UnixFileMode Mode = FileCopier.ReadOnly | UnixFileMode.UserWrite;

    private readonly Lock _gate = new();
    private readonly List<string> _files = [];
    private bool _isAlone = !OperatingSystem.IsLinux();

    /// <summary>Gives a file a second name, as the system call does.</summary>
    public Func<string, string, int> Link { private get; init; } = Libc.Link;

    /// <summary>Makes a lead, stamped with the present time, unless there is one of that name.</summary>
    /// <param name="path">The lead.</param>
    /// <returns>The file that is to be stamped to renew it, and what the lead looks like; null when somebody else has it.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public (string File, FileStat Lead)? TryName(string path)
    {
        lock (_gate)
        {
            var file = _isAlone ? null : TryLink(path);
            file ??= _isAlone && NewFile.Add(layout, path, LeaseNote.Of(options).Encode(), Mode) ? path : null;
            return file is not null && StatReader.Read(path, followLinks: false) is { } lead ? (file, lead) : null;
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
            return _files.Contains(file);
        }
    }

    /// <summary>Removes what is no lead.</summary>
    public void End()
    {
        lock (_gate)
        {
            _files.ForEach(TemporaryName.TryDelete);
        }
    }

    /// <returns>The file that has the name now; null when the name is taken, or no file can have two.</returns>
    private string? TryLink(string path)
    {
        // A stamp before it has the name: it is never seen with an old one. A file that has all the names it may have is followed by another.
        for (var isNew = false; ; isNew = true)
        {
            var file = isNew || _files.Count == 0 || FileTouch.Now(_files[^1]) == Touched.Gone ? Make() : _files[^1];
            if (Link(file, path) == 0)
            {
                return file;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Errno.Exists:
                    return IsOne(file, path) ? file : null;
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

    private string Make()
    {
        _files.Add(NewFile.Make(layout, LeaseNote.Of(options).Encode(), Mode));
        return _files[^1];
    }

    /// <summary>A file server that is asked twice, because its first answer was lost, says that the name is taken.</summary>
    private static bool IsOne(string file, string path) =>
        StatReader.Read(file, followLinks: false) is { } ours && StatReader.Read(path, followLinks: false) is { } there && (ours.Device, ours.Inode) == (there.Device, there.Inode);
}
