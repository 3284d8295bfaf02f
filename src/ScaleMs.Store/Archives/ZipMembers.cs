using System.Text;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Store.Archives;

/// <summary>Reads the members of a zip file (PKWARE APPNOTE 6.3) from its first byte to its last, without seeking.</summary>
internal static class ZipMembers
{
    private const uint MemberMark = 0x04034B50;
    private const uint DescriptorMark = 0x08074B50;
    private const int IsEncrypted = 1;
    private const int HasDescriptor = 8;

    public static Digest Read(Stream source)
    {
        using var stream = new ArchiveStream(source);
        var found = new Dictionary<string, ZipMember>(StringComparer.Ordinal);
        var mark = stream.DoubleWord();
        for (; mark == MemberMark; mark = stream.DoubleWord())
        {
            var member = ReadMember(stream);
            Damage.When(!found.TryAdd(member.Name, member));
        }

        return ZipDirectory.Read(stream, mark, found);
    }

    private static ZipMember ReadMember(ArchiveStream stream)
    {
        stream.Word();
        var flags = stream.Word();
        var method = stream.Word();
        stream.DoubleWord();
        var check = stream.DoubleWord();
        ulong packed = stream.DoubleWord();
        ulong length = stream.DoubleWord();
        var nameLength = stream.Word();
        var extraLength = stream.Word();
        var name = Encoding.Latin1.GetString(stream.Bytes(nameLength));
        var isLarge = ZipExtra.TryReadSizes(stream.Bytes(extraLength), ref length, ref packed);
        Damage.When((flags & IsEncrypted) != 0);
        var unpacking = new Unpacking(ContentIdentity.Bytes.Start());
        Unpack(stream, unpacking, method, packed, (flags & HasDescriptor) != 0);
        if ((flags & HasDescriptor) != 0)
        {
            (check, length) = ReadDescriptor(stream, isLarge);
        }

        Damage.When(check != unpacking.Check || length != unpacking.Length);
        return new ZipMember(name, check, unpacking.Finish());
    }

    private static void Unpack(ArchiveStream stream, Unpacking unpacking, int method, ulong packed, bool isLengthLater)
    {
        if (method == 8)
        {
            unpacking.Inflate(stream);
            return;
        }

        // How long a stored member is must be known in front.
        Damage.When(method != 0 || (isLengthLater && packed == 0));
        unpacking.Copy(stream, packed);
    }

    private static (uint Check, ulong Length) ReadDescriptor(ArchiveStream stream, bool isLarge)
    {
        var check = stream.DoubleWord();
        if (check == DescriptorMark)
        {
            check = stream.DoubleWord();
        }

        stream.Bytes(isLarge ? 8 : 4);
        ulong length = stream.DoubleWord();
        return (check, isLarge ? length | ((ulong)stream.DoubleWord() << 32) : length);
    }
}
