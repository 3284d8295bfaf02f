using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Running;

/// <summary>Why a declared source cannot be read, and what to do about it.</summary>
internal static class SourceTrouble
{
    /// <summary>What stands in a name for bytes that are not UTF-8 when a directory was listed.</summary>
    private const char Replacement = '\ufffd';

    public static (string Problem, string Advice) Of(string path, FileStat? found) => found is { } stat
        ? ($"that is {KindOf(stat)}", "name a regular file; nothing else has a content that can be recorded")
        : path.Contains(Replacement, StringComparison.Ordinal)
            ? ("its name is not UTF-8, so that no path can name it", "rename the file; names of declared files are UTF-8")
            : ("no step makes it and the workspace does not hold it", "check the path (it is relative to the workspace), or use the handle of the step that makes it");

    private static string KindOf(FileStat stat) => (stat.Mode & 0xF000) switch
    {
        0x1000 => "a FIFO",
        0x2000 or 0x6000 => "a device",
        0x4000 => "a directory",
        0xC000 => "a socket",
        _ => "no regular file",
    };
}
