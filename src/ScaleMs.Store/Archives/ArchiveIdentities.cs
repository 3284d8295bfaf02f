using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Store.Archives;

/// <summary>Identities of compressed files and archives: what is in them counts, not when, by whom and in which order it was packed.</summary>
/// <remarks>
/// A pass takes constant memory for the bytes, and a line for each member. A file that is damaged, encrypted or no such archive counts by its bytes,
/// and equals no intact one.
/// </remarks>
public static class ArchiveIdentities
{
    /// <summary>A gzip file by its content: header (time, name, level) and the way of packing do not count.</summary>
    public static ContentIdentity Gzip { get; } = new ArchiveIdentity("gzip(bytes/1)", 1, stream => GzipReader.Read(stream, ContentIdentity.Bytes)) { ShellFilter = "gzip -dc" };

    /// <summary>A tar file by its members: name, kind, permissions, link target and content; not times, owners and order.</summary>
    /// <remarks>Of members with one name the order counts. Extended attributes and device numbers do not.</remarks>
    public static ContentIdentity Tar { get; } = new ArchiveIdentity("tar", 1, TarMembers.Read);

    /// <summary>A tar file packed with gzip, by its members.</summary>
    public static ContentIdentity TarGz { get; } = GzipOf(Tar);

    /// <summary>A zip file by its members: name, permissions and content; not times, owners, comments, order and the way of packing.</summary>
    /// <remarks>
    /// The members are those that the directory at the end of the file lists. Encryption, a method that the framework does not unpack, and bytes before the first
    /// member or behind the directory make the file count by its bytes. A pass keeps the file once more in the temporary folder, without a name.
    /// </remarks>
    public static ContentIdentity Zip { get; } = new ArchiveIdentity("zip", 2, ZipMembers.Read);

    /// <summary>A gzip file by another identity of its content, such as <see cref="ContentIdentity.Text"/>.</summary>
    /// <param name="content">The identity of what is in it.</param>
    /// <returns>The rule. It has no shell filter, because a pipe hides that the first command of it failed.</returns>
    public static ContentIdentity GzipOf(ContentIdentity content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new ArchiveIdentity($"gzip({content.Name}/{content.Version})", 1, stream => GzipReader.Read(stream, content));
    }

    private sealed class ArchiveIdentity(string name, int version, Func<Stream, Digest> read) : ContentIdentity
    {
        public override string Name => name;

        public override int Version => version;

        public override IContentDigester Start() => new PulledDigester(read);
    }
}
