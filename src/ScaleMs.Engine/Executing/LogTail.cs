using System.Text.RegularExpressions;
using ScaleMs.Core.Ports;

namespace ScaleMs.Engine.Executing;

/// <summary>The last lines of a log, as a person would see them on a terminal; reads no more than the end of the file.</summary>
internal static partial class LogTail
{
    private const int Lines = 20;
    private const int Before = 5;
    private const int Bytes = 64 * 1024;

    public static IReadOnlyList<string> Of(IDisk disk, string log)
    {
        if (disk.Stat(log) is null)
        {
            return [];
        }

        var lines = disk.ReadTail(log, Bytes).TrimEnd().Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .Select(line => line[(line.LastIndexOf('\r') + 1)..])
            .ToList();
        return Telling(lines);
    }

    /// <summary>A tool's buffered output may follow its error by many lines: then the lines around the last error are the telling ones.</summary>
    private static List<string> Telling(List<string> lines)
    {
        var error = lines.FindLastIndex(line => Error().IsMatch(line));
        return error < 0 || error >= lines.Count - Lines
            ? lines.TakeLast(Lines).ToList()
            : lines.Skip(Math.Max(0, error - Before)).Take(Lines).ToList();
    }

    [GeneratedRegex(@"\b(fatal|error)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Error();
}
