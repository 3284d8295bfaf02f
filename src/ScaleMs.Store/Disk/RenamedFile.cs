using ScaleMs.Core.Records;

namespace ScaleMs.Store.Disk;

/// <summary>Looks at a file that was just given its name.</summary>
internal static class RenamedFile
{
    /// <summary>How a file looks under its name, when nobody wrote to it since it was looked at under another.</summary>
    /// <param name="path">The name.</param>
    /// <param name="before">How it looked before the renaming, which moves nothing but the change time.</param>
    /// <returns>The stat tuple that stands for the same bytes; null when it is not the same file.</returns>
    public static FileStat? Look(string path, FileStat? before) =>
        before is { } written && StatReader.Read(path, followLinks: false) is { } found && found with { ChangedNs = written.ChangedNs } == written ? found : null;
}
