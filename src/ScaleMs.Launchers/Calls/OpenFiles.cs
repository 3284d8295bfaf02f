using System.Globalization;
using System.Text;
using ScaleMs.Launchers.Native;

namespace ScaleMs.Launchers.Calls;

/// <summary>The files that this process has open, as Linux tells them.</summary>
internal static unsafe class OpenFiles
{
    private const string All = "/proc/self/fd";
    private const int LongestPath = 4096;

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

    /// <summary>Whether a file of a directory is open.</summary>
    /// <param name="directory">Its real path.</param>
    internal static bool AreBelow(string directory) =>
        Directory.EnumerateFileSystemEntries(All).Any(link => Target(link).StartsWith(directory + "/", StringComparison.Ordinal));
}
