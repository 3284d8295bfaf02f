using Microsoft.Win32.SafeHandles;
using ScaleMs.Core.Records;
using ScaleMs.Store.Disk;

namespace ScaleMs.Store.NullRuns;

/// <summary>Looks again at everything that a null run looked at, on all cores, and stops when more differs than is asked for.</summary>
internal static class LookCheck
{
    /// <summary>Fewer looks than this for a core cost less than the thread that would take them.</summary>
    private const int FewestPerThread = 2_000;

    /// <summary>Files that were only touched are read each time until a run in full learns how they look; more bytes than this are left to it.</summary>
    private const long MostTouchedBytes = 16 << 20;

    /// <summary>The looks that differ, by their numbers, in ascending order.</summary>
    /// <param name="file">The null run.</param>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="isRehashed">Whether files are read and hashed rather than known by their stat tuples.</param>
    /// <param name="most">How many may differ.</param>
    /// <returns>Null when more differ, or when something cannot be looked at.</returns>
    public static IReadOnlyList<int>? Differences(NullRunFile file, string workspace, bool isRehashed, int most)
    {
        using var folder = OperatingSystem.IsLinux() ? ReadHandle.OpenFolder(workspace) : null;
        var check = new Pass(file, workspace, folder, isRehashed, most);
        var threads = Math.Clamp(file.Count / (isRehashed ? 1 : FewestPerThread), 1, Environment.ProcessorCount);
        var others = new Thread[threads - 1];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = new Thread(check.Run);
            others[i].Start();
        }

        check.Run();
        Array.ForEach(others, thread => thread.Join());
        return check.Differences();
    }

    /// <summary>One pass over the looks, taken by several threads in portions.</summary>
    private sealed class Pass(NullRunFile file, string workspace, SafeFileHandle? folder, bool isRehashed, int most)
    {
        private const int Portion = 256;
        private readonly Lock _gate = new();
        private readonly List<int> _differences = [];
        private int _next;
        private long _touchedBytes;
        private volatile bool _hasFailed;

        /// <summary>When all threads are done.</summary>
        public List<int>? Differences()
        {
            _differences.Sort();
            return _hasFailed ? null : _differences;
        }

        public void Run()
        {
            try
            {
                for (var from = Take(); from < file.Count && !_hasFailed; from = Take())
                {
                    for (var i = from; i < Math.Min(from + Portion, file.Count) && !_hasFailed; i++)
                    {
                        if (!IsAsSeen(file.Row(i)))
                        {
                            Add(i);
                        }
                    }
                }
            }
            catch (Exception cause) when (DiskErrors.IsDiskError(cause) || cause is Core.Ports.StoreException or ArgumentException)
            {
                // What cannot be looked at is told by the run in full.
                _hasFailed = true;
            }
        }

        private void Add(int difference)
        {
            lock (_gate)
            {
                _differences.Add(difference);
                _hasFailed |= _differences.Count > most;
            }
        }

        private int Take() => Interlocked.Add(ref _next, Portion) - Portion;

        private bool IsAsSeen(in LookRow row) => isRehashed && !row.Bytes.IsNone && row.Stat.IsFile
            ? StatReader.Read(PathOf(row), row.FollowsLinks) is { IsFile: true } now && now.Mode == row.Stat.Mode && HasBytes(row)
            : StatOf(row) is var stat && row.IsFound == stat is not null && (stat is null || stat.Value == row.Stat || IsOnlyTouched(row, stat.Value));

        /// <summary>Other times or another inode, and the bytes that were there.</summary>
        private bool IsOnlyTouched(in LookRow row, in FileStat now) =>
            !row.Bytes.IsNone && row.FollowsLinks && now.IsFile && row.Stat.IsFile && now.Mode == row.Stat.Mode && now.Length == row.Stat.Length
            && Interlocked.Add(ref _touchedBytes, now.Length) <= MostTouchedBytes && HasBytes(row);

        private FileStat? StatOf(in LookRow row) => folder is not null
            ? StatReader.ReadAt(folder, file.Path(row), row.FollowsLinks)
            : StatReader.Read(PathOf(row), row.FollowsLinks);

        private bool HasBytes(in LookRow row)
        {
            using var source = ReadHandle.Open(PathOf(row));
            using var pass = new ContentPass([]);
            pass.Read(source);
            return pass.Finish().Bytes == row.Bytes;
        }

        private string PathOf(in LookRow row) => Path.Combine(workspace, file.PathText(row));
    }
}
