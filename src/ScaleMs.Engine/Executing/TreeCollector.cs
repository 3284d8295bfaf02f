using ScaleMs.Core.Identity;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Executing;

/// <summary>Takes the files of a directory that is an output, and the listing that stands for it, into the store.</summary>
internal sealed class TreeCollector(IDisk disk, IFileStore store)
{
    /// <summary>The record of the directory, and one for each file and link in it: a link's is that of the file that it leads to.</summary>
    /// <param name="output">The declaration.</param>
    /// <param name="contents">What was found in the directory.</param>
    /// <param name="root">Where it is, absolute.</param>
    /// <param name="textFile">Where the listing may be written for a moment, absolute.</param>
    /// <param name="take">Takes a file into the store, by its path in the private directory and its absolute place.</param>
    public IReadOnlyList<OutputRecord> Take(Output output, TreeContents contents, string root, string textFile, Func<ArtifactPath, string, StoredBlob> take)
    {
        var files = new Dictionary<string, OutputRecord>(StringComparer.Ordinal);
        foreach (var file in contents.Files)
        {
            var path = ArtifactPath.Parse($"{output.Path}/{file.Path}");
            var blob = take(path, Path.Combine(root, file.Path));
            files.Add(file.Path, new OutputRecord(path, blob.Bytes, blob.Length, blob.Bytes, ContentIdentity.Bytes.Name, ContentIdentity.Bytes.Version, file.IsExecutable, output.Keep));
        }

        var listing = TreeListing.Of(
        [
            .. contents.Files.Select(file => TreeEntry.OfFile(file.Path, files[file.Path].Bytes, file.IsExecutable)),
            .. contents.Links.Select(link => new TreeEntry(TreeEntryKind.Link, link.Path, link.Target)),
            .. contents.EmptyFolders.Select(folder => new TreeEntry(TreeEntryKind.EmptyFolder, folder, string.Empty)),
        ]);
        var text = PutText(textFile, listing.Write());
        var links = contents.Links.Select(link => files[link.File.Path] with { Path = ArtifactPath.Parse($"{output.Path}/{link.Path}") });
        return
        [
            new OutputRecord(output.Path, text.Bytes, text.Length, text.Bytes, output.Identity.Name, output.Identity.Version, Keep: output.Keep),
            .. files.Values.Concat(links).OrderBy(record => record.Path.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>Takes a text of ours.</summary>
    /// <param name="file">Where it may be written for a moment, absolute; nobody else sees it.</param>
    /// <param name="text">The text.</param>
    public StoredBlob PutText(string file, string text)
    {
        disk.WriteText(file, text);
        return store.Adopt(file);
    }
}
