using System.Formats.Tar;
using ScaleMs.Core.Digests;

namespace ScaleMs.Store.Archives;

/// <summary>Reads the members of a tar file.</summary>
internal static class TarMembers
{
    public static Digest Read(Stream stream)
    {
        var members = new MemberList("tar");
        using var reader = new TarReader(stream, leaveOpen: true);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType != TarEntryType.GlobalExtendedAttributes)
            {
                members.Add(entry.Name, KindOf(entry), (int)entry.Mode, entry.LinkName, MemberContent.Of(entry.DataStream).Digest);
            }
        }

        Drain(stream);
        return members.Finish();
    }

    private static string KindOf(TarEntry entry) =>
        (entry.EntryType == TarEntryType.V7RegularFile ? TarEntryType.RegularFile : entry.EntryType).ToString();

    // Padding after the end mark; another archive put behind it would be read by some tools.
    private static void Drain(Stream stream)
    {
        var part = new byte[1 << 16];
        for (var read = stream.Read(part); read > 0; read = stream.Read(part))
        {
            Damage.When(part.AsSpan(0, read).ContainsAnyExcept((byte)0));
        }
    }
}
