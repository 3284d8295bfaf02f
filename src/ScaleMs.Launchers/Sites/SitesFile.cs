using System.Runtime.CompilerServices;
using ScaleMs.Core.Faults;

namespace ScaleMs.Launchers.Sites;

/// <summary>Reads <c>sites.yaml</c>: the workspace's own, and the user's for all workspaces. Of two sites or profiles of one name the workspace's counts.</summary>
public static class SitesFile
{
    /// <summary>The file's name.</summary>
    public const string Name = "sites.yaml";

    /// <summary>The files that are there for a workspace, the nearest first.</summary>
    /// <param name="workspace">The workspace's root.</param>
    /// <returns>Absolute paths, perhaps none.</returns>
    public static IReadOnlyList<string> Of(string workspace) => [.. Places(workspace).Where(File.Exists)];

    /// <summary>Where a workspace's files would be, the nearest first.</summary>
    /// <param name="workspace">The workspace's root.</param>
    /// <returns>Absolute paths.</returns>
    public static IReadOnlyList<string> Places(string workspace) => [Path.Combine(Path.GetFullPath(workspace), Name), Path.Combine(UserFolder, "scalems", Name)];

    /// <summary>Reads the files of a workspace.</summary>
    /// <param name="workspace">The workspace's root; places in it are told relative to it.</param>
    /// <param name="faults">Takes all that is wrong with them, sorted by place.</param>
    /// <returns>The sites; those that something is wrong with as far as they can be read.</returns>
    public static SiteProfiles ReadAll(string workspace, ICollection<Fault> faults) => Read(Of(workspace), workspace, faults);

    /// <summary>Reads one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">Takes all that is wrong with it, sorted by place.</param>
    /// <returns>The sites; those that something is wrong with as far as they can be read.</returns>
    public static SiteProfiles Read(string path, ICollection<Fault> faults) => Read([path], Path.GetDirectoryName(Path.GetFullPath(path))!, faults);

    /// <summary>Reads some files together.</summary>
    /// <param name="paths">The files, the nearest first: of two sites or profiles of one name the first file's counts.</param>
    /// <param name="root">Files in this folder are told relative to it.</param>
    /// <param name="faults">Takes all that is wrong with them, sorted by place.</param>
    /// <returns>The sites; those that something is wrong with as far as they can be read.</returns>
    public static SiteProfiles Read(IReadOnlyList<string> paths, string root, ICollection<Fault> faults) => paths.Count == 0 ? SiteProfiles.None : ReadFiles(paths, root, faults);

    /// <summary>Apart, so that YamlDotNet is loaded only where there is a file.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SiteProfiles ReadFiles(IReadOnlyList<string> paths, string root, ICollection<Fault> faults)
    {
        var found = new List<Fault>();
        var shown = paths.Select(path => Shown(path, root)).ToList();
        var entries = new SiteEntries(found);
        foreach (var (path, file) in paths.Zip(shown))
        {
            entries.Add(path, file);
        }

        var sites = entries.Profiles();
        foreach (var fault in found.Distinct().OrderBy(fault => shown.IndexOf(fault.Where.File)).ThenBy(fault => fault.Where.Line))
        {
            faults.Add(fault);
        }

        return new SiteProfiles(sites);
    }

    private static string UserFolder => Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } folder && Path.IsPathRooted(folder)
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");

    private static string Shown(string path, string root) =>
        Path.GetRelativePath(root, Path.GetFullPath(path)) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative) ? relative : path;
}
