using ScaleMs.Launchers.Amqp.Files;
using ScaleMs.Launchers.Amqp.Protocol;

namespace ScaleMs.Launchers.Amqp.Worker;

/// <summary>Collects the outputs that are there; what is missing or of another kind is left for the client to judge.</summary>
internal sealed class OutputCollection(FileSender sender, string directory)
{
    internal async Task<IReadOnlyList<FileEntry>> SendAsync(IEnumerable<OutputMessage> outputs, CancellationToken cancellation)
    {
        var entries = new List<FileEntry>();
        foreach (var output in outputs)
        {
            var path = FileReceiver.PathOf(output.Path).Value;
            var place = Path.Combine(directory, path);
            if (output.IsTree && new DirectoryInfo(place) is { Exists: true, LinkTarget: null })
            {
                entries.Add(new FileEntry { Path = path, Kind = FileKind.Directory });
                entries.AddRange(await sender.SendTreeAsync(place, path + "/", cancellation).ConfigureAwait(false));
            }
            else if (!output.IsTree && FileAt(place) is { } file)
            {
                entries.Add(await sender.SendAsync(file, path, cancellation).ConfigureAwait(false));
            }
        }

        return entries;
    }

    /// <summary>The file, or the one that a link leads to inside the private directory.</summary>
    private string? FileAt(string place)
    {
        var file = new FileInfo(place);
        var real = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        return real is { Exists: true } && real.FullName.StartsWith(directory + "/", StringComparison.Ordinal) ? real.FullName : null;
    }
}
