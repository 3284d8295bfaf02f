using System.Text;
using ScaleMs.Core.Digests;

namespace ScaleMs.Store.Archives;

/// <summary>Reads the directory at the end of a zip file: it must name the very members that were found, because unpacking follows it alone.</summary>
internal static class ZipDirectory
{
    private const uint EntryMark = 0x02014B50;
    private const uint LargeEndMark = 0x06064B50;
    private const uint LargeLocatorMark = 0x07064B50;
    private const uint EndMark = 0x06054B50;

    public static Digest Read(ArchiveStream stream, uint mark, Dictionary<string, ZipMember> found)
    {
        var members = new MemberList("zip");
        var count = 0;
        for (; mark == EntryMark; mark = stream.DoubleWord(), count++)
        {
            ReadEntry(stream, found, members);
        }

        Damage.When(found.Count > 0);
        ReadEnd(stream, mark, count);
        return members.Finish();
    }

    private static void ReadEntry(ArchiveStream stream, Dictionary<string, ZipMember> found, MemberList members)
    {
        var fixedPart = stream.Bytes(42);
        var name = Encoding.Latin1.GetString(stream.Bytes(BitConverter.ToUInt16(fixedPart, 24)));
        stream.Bytes(BitConverter.ToUInt16(fixedPart, 26));
        stream.Bytes(BitConverter.ToUInt16(fixedPart, 28));
        Damage.When(!found.Remove(name, out var member) || member.Check != BitConverter.ToUInt32(fixedPart, 12));
        var isUtf8 = (BitConverter.ToUInt16(fixedPart, 4) & 0x800) != 0;
        members.Add(name, isUtf8 ? "utf-8" : "file", BitConverter.ToUInt16(fixedPart, 36), "", member!.Content);
    }

    private static void ReadEnd(ArchiveStream stream, uint mark, int count)
    {
        if (mark == LargeEndMark)
        {
            stream.Bytes(checked((int)Math.Min(stream.DoubleWord(), 1 << 20)) + 4);
            mark = stream.DoubleWord();
        }

        if (mark == LargeLocatorMark)
        {
            stream.Bytes(16);
            mark = stream.DoubleWord();
        }

        var fixedPart = stream.Bytes(18);
        var told = BitConverter.ToUInt16(fixedPart, 6);
        Damage.When(mark != EndMark || (told != count && told != ushort.MaxValue));
        stream.Bytes(BitConverter.ToUInt16(fixedPart, 16));
        Damage.When(!stream.IsAtEnd);
    }
}
