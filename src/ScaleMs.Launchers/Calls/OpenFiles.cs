using System.Globalization;
using System.Text;
using ScaleMs.Launchers.Local;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Calls;

/// <summary>The files that this process has open, as Linux tells them.</summary>
internal static unsafe class OpenFiles
{
    private const string All = "/proc/self/fd";
    private const int LongestPath = 4096;
    private const int LongestNumber = 12;

    /// <summary>What a link of the system's own leads to; empty when there is none.</summary>
    internal static string Target(string link)
    {
        var target = stackalloc byte[LongestPath];
        var count = LibC.ReadLink(link, target, LongestPath);
        return count <= 0 ? string.Empty : Encoding.UTF8.GetString(target, (int)count);
    }

    /// <summary>The descriptors that are the same file as another.</summary>
    internal static IReadOnlyList<int> LikeThat(int descriptor)
    {
        var file = Target($"{All}/{descriptor}");
        return [.. Directory.EnumerateFileSystemEntries(All).Where(link => Target(link) == file).Select(link => int.Parse(Path.GetFileName(link), CultureInfo.InvariantCulture))];
    }

    /// <summary>Whether a file of a directory is open; also when that cannot be told.</summary>
    /// <remarks>Each descriptor is asked for, after every call: to list them, with what the runtime wants to know of each, takes ten times as long.</remarks>
    /// <param name="directory">Its real path.</param>
    /// <param name="status">What the system tells of this process.</param>
    internal static bool AreBelow(string directory, string status)
    {
        var count = ProcFiles.DescriptorsIn(status);
        var folder = LibC.Open(All, LibC.ReadOnly | LibC.CloseOnExec);
        if (count == 0 || folder < 0)
        {
            return true;
        }

        var wanted = Encoding.UTF8.GetBytes(directory + "/");
        var found = new byte[wanted.Length];
        var descriptor = 0;
        while (descriptor < count && !(LibC.Control(descriptor, LibC.DescriptorFlags, 0) >= 0 && IsBelow(folder, descriptor, wanted, found)))
        {
            descriptor++;
        }

        _ = LibC.Close(folder);
        return descriptor < count;
    }

    /// <summary>Only as much of the path is looked at as is wanted.</summary>
    private static bool IsBelow(int folder, int descriptor, byte[] wanted, byte[] found)
    {
        var name = stackalloc byte[LongestNumber];
        _ = descriptor.TryFormat(new Span<byte>(name, LongestNumber - 1), out var end, default, CultureInfo.InvariantCulture);
        name[end] = 0;
        fixed (byte* target = found)
        {
            var count = LibC.ReadLinkAt(folder, name, target, (nuint)found.Length);
            return count == wanted.Length && wanted.AsSpan().SequenceEqual(found);
        }
    }
}
