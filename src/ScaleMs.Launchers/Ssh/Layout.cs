using System.Globalization;
using System.Text;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Writes the shell that puts shipments where they belong, once all their bytes are at the site.</summary>
internal static class Layout
{
    /// <summary>The file of the frames that this is.</summary>
    internal const string Name = "0";

    /// <summary>The layout of some shipments.</summary>
    /// <param name="shipments">The shipments.</param>
    /// <param name="files">Takes the files that travel beside the blobs, in the order of their names 1, 2, 3…</param>
    internal static byte[] Of(IReadOnlyList<Shipment> shipments, List<byte[]> files)
    {
        var text = new StringBuilder();
        foreach (var shipment in shipments)
        {
            text.Append("root=").Append(shipment.IsRenamed ? "$incoming/tree" : ShellWord.Of(shipment.Root)).Append("\nmkdir -p -- \"$root\" || fail \"$root cannot be made\"\n");
            Chunks(text, "mkdir -p --", shipment.Entries.OfType<ShippedEntry.Folder>());
            AddFiles(text, shipment, files);
            text.Append(shipment.Needed.Length > 0 ? $"touch -c -- {ShellWord.Of(shipment.Needed)}\n" : string.Empty);
            Chunks(text, "chmod 600 --", shipment.Entries.OfType<ShippedEntry.Blob>().Where(blob => !blob.IsExecutable));
            Chunks(text, "chmod 700 --", shipment.Entries.OfType<ShippedEntry.Blob>().Where(blob => blob.IsExecutable));
            if (shipment.IsRenamed)
            {
                var place = ShellWord.Of(shipment.Root);
                text.Append(CultureInfo.InvariantCulture, $"[ -d {place} ] || mv -- \"$root\" {place} || [ -d {place} ] || fail {place}' cannot be made'\n");
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void AddFiles(StringBuilder text, Shipment shipment, List<byte[]> files)
    {
        foreach (var entry in shipment.Entries)
        {
            switch (entry)
            {
                case ShippedEntry.Blob blob:
                    text.Append("copy ").Append(blob.Digest.Hex).Append(' ').Append(ShellWord.Of(blob.Path)).Append('\n');
                    break;
                case ShippedEntry.Private file:
                    files.Add(file.Bytes);
                    text.Append(CultureInfo.InvariantCulture, $"place {files.Count} {ShellWord.Of(file.Path)}\n");
                    break;
                case ShippedEntry.Link link:
                    text.Append("ln -s -- ").Append(ShellWord.Of(link.Target)).Append(" \"$root\"/").Append(ShellWord.Of(link.Path)).Append(" || fail 'a link cannot be made'\n");
                    break;
            }
        }
    }

    /// <summary>One process for many paths.</summary>
    private static void Chunks(StringBuilder text, string command, IEnumerable<ShippedEntry> entries)
    {
        foreach (var chunk in entries.Chunk(200))
        {
            text.Append(command);
            foreach (var entry in chunk)
            {
                text.Append(" \"$root\"/").Append(ShellWord.Of(entry.Path));
            }

            text.Append(" || fail 'files cannot be made'\n");
        }
    }
}
