using System.Buffers.Binary;

namespace ScaleMs.Store.Archives;

/// <summary>Compares both ends of a zip file with its directory (PKWARE APPNOTE 6.3): nothing stands before the first member or behind the end record.</summary>
/// <remarks>The framework takes the last end record of a file, whatever is around it; other tools then see another archive in the same bytes.</remarks>
internal static class ZipEnds
{
    private const uint MemberMark = 0x04034B50;
    private const uint EndMark = 0x06054B50;
    private const int EndLength = 22;

    // The end record and its locator of an archive that is large in some way (zip64), between the directory and the end.
    private const long LargeEndLength = 56 + 20;

    public static void Check(Stream whole, bool hasMembers, int commentLength)
    {
        var first = Part(whole, 0, 4);
        Damage.When(hasMembers && BinaryPrimitives.ReadUInt32LittleEndian(first) != MemberMark);
        var at = whole.Length - EndLength - commentLength;
        var end = Part(whole, at, EndLength);
        Damage.When(BinaryPrimitives.ReadUInt32LittleEndian(end) != EndMark || BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(20)) != commentLength);
        CheckDirectory(at, BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(12)), BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(16)));
    }

    private static void CheckDirectory(long end, uint length, uint from)
    {
        var isToldBefore = length == uint.MaxValue || from == uint.MaxValue;
        var rest = end - from - length;
        Damage.When(!isToldBefore && rest != 0 && rest != LargeEndLength);
    }

    private static byte[] Part(Stream whole, long from, int length)
    {
        Damage.When(from < 0);
        var part = new byte[length];
        whole.Position = from;
        whole.ReadExactly(part);
        return part;
    }
}
