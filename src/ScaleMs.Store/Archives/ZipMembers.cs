using System.Globalization;
using System.IO.Compression;
using System.Text;
using ScaleMs.Core.Digests;

namespace ScaleMs.Store.Archives;

/// <summary>Reads the members that the directory of a zip file lists.</summary>
internal static class ZipMembers
{
    public static Digest Read(Stream source)
    {
        using var whole = Spool.Of(source, Path.GetTempPath());

        // Latin-1 keeps the bytes apart of names that are not told to be UTF-8.
        using var archive = new ZipArchive(whole, ZipArchiveMode.Read, leaveOpen: true, Encoding.Latin1);
        CheckLengths(archive, whole.Length);
        ZipEnds.Check(whole, archive.Entries.Count > 0, archive.Comment.Length);
        var members = new MemberList("zip");
        foreach (var entry in archive.Entries)
        {
            Add(members, entry);
        }

        return members.Finish();
    }

    // Members that lie over each other let a small file unpack to more than can ever be read.
    private static void CheckLengths(ZipArchive archive, long length)
    {
        foreach (var entry in archive.Entries)
        {
            Damage.When(entry.IsEncrypted || entry.CompressedLength < 0 || entry.CompressedLength > length);
            length -= entry.CompressedLength;
        }
    }

    // The framework compares no check sum; as a part of the member, a wrong one makes another archive.
    private static void Add(MemberList members, ZipArchiveEntry entry)
    {
        using var unpacked = entry.Open();
        var content = MemberContent.Of(unpacked);
        Damage.When(content.Length != entry.Length || entry.FullName.Contains('\uFFFD', StringComparison.Ordinal));
        var kind = string.Create(CultureInfo.InvariantCulture, $"file {entry.Crc32:x8}");
        members.Add(entry.FullName, kind, (entry.ExternalAttributes >> 16) & 0xFFFF, "", content.Digest);
    }
}
