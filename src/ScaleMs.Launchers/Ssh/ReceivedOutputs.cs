using System.Globalization;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Puts outputs into the private directory here: first beside it under names of ours, and in their places when all of them are verified.</summary>
/// <remarks>Nothing that a site tells leads out of the directory: a name is looked at before anything is written, and no link is walked through.</remarks>
internal sealed class ReceivedOutputs(string directory, string incoming)
{
    private readonly List<(string From, AttemptOutput Output)> _files = [];

    /// <summary>Sees to it that the names can be used, and makes the folder of what comes in.</summary>
    /// <exception cref="SiteException">A name leads elsewhere.</exception>
    internal void Prepare(IReadOnlyList<AttemptOutput> outputs)
    {
        var links = outputs.Where(output => output.Kind == AttemptOutputKind.Link).Select(output => output.Path.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var output in outputs)
        {
            Check(output, links);
        }

        if (Directory.Exists(incoming))
        {
            Directory.Delete(incoming, recursive: true);
        }

        Directory.CreateDirectory(incoming);
    }

    /// <summary>What is to be brought for an output that is a file.</summary>
    internal WantedFile Want(AttemptOutput output, string there)
    {
        var path = Path.Combine(incoming, _files.Count.ToString(CultureInfo.InvariantCulture));
        _files.Add((path, output));
        return new WantedFile(there, () => new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true), output.Bytes) { Digest = output.Digest };
    }

    /// <summary>Everything has come: it gets its names.</summary>
    internal void Place(IReadOnlyList<AttemptOutput> outputs)
    {
        foreach (var output in outputs.Where(output => output.Kind == AttemptOutputKind.Directory))
        {
            Directory.CreateDirectory(Path.Combine(directory, output.Path.Value));
        }

        foreach (var (from, output) in _files)
        {
            PlaceFile(from, output);
        }

        foreach (var output in outputs.Where(output => output.Kind == AttemptOutputKind.Link))
        {
            File.CreateSymbolicLink(Cleared(output), output.Target);
        }

        Directory.Delete(incoming, recursive: true);
    }

    private void PlaceFile(string from, AttemptOutput output)
    {
        const UnixFileMode plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(from, output.IsExecutable ? plain | executable : plain);
        }

        File.Move(from, Cleared(output), overwrite: true);
    }

    /// <summary>A link that stands there, such as an input's, is replaced and not written through.</summary>
    private string Cleared(AttemptOutput output)
    {
        var path = Path.Combine(directory, output.Path.Value);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (new FileInfo(path).LinkTarget is not null || (output.Kind == AttemptOutputKind.Link && File.Exists(path)))
        {
            File.Delete(path);
        }

        return path;
    }

    private void Check(AttemptOutput output, HashSet<string> links)
    {
        for (var folder = Path.GetDirectoryName(output.Path.Value); folder is { Length: > 0 }; folder = Path.GetDirectoryName(folder))
        {
            if (links.Contains(folder) || new DirectoryInfo(Path.Combine(directory, folder)).LinkTarget is not null)
            {
                throw new SiteException($"the output '{output.Path}' is not taken: '{folder}' is a link");
            }
        }

        if (output.Kind == AttemptOutputKind.Link && !StaysInside(output))
        {
            throw new SiteException($"the output '{output.Path}' is not taken: it is a link that leads out, to '{output.Target}'");
        }
    }

    private bool StaysInside(AttemptOutput output) => output.Target.Length > 0 && !Path.IsPathRooted(output.Target) && !output.Target.Contains('\0', StringComparison.Ordinal)
        && Path.GetFullPath(output.Target, Path.GetDirectoryName(Path.Combine(directory, output.Path.Value))!).StartsWith(directory + "/", StringComparison.Ordinal);
}
