using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Store.Archives;

/// <summary>Reads a gzip file of one or more members (RFC 1952), to its last byte.</summary>
internal static class GzipReader
{
    public static Digest Read(Stream source, ContentIdentity rule)
    {
        using var stream = new ArchiveStream(source);
        var content = rule.Start();
        try
        {
            do
            {
                SkipHeader(stream);
                ReadMember(stream, content);
            }
            while (!stream.IsAtEnd);

            return content.Finish();
        }
        finally
        {
            (content as IDisposable)?.Dispose();
        }
    }

    private static void SkipHeader(ArchiveStream stream)
    {
        var fixedPart = stream.Bytes(10);
        var flags = fixedPart[3];
        Damage.When(fixedPart[0] != 0x1F || fixedPart[1] != 0x8B || fixedPart[2] != 8 || (flags & 0xE0) != 0);
        if ((flags & 4) != 0)
        {
            stream.Bytes(stream.Word());
        }

        SkipText(stream, (flags & 8) != 0);
        SkipText(stream, (flags & 16) != 0);
        if ((flags & 2) != 0)
        {
            stream.Word();
        }
    }

    private static void SkipText(ArchiveStream stream, bool isThere)
    {
        while (isThere && stream.Byte() != 0)
        {
        }
    }

    private static void ReadMember(ArchiveStream stream, IContentDigester content)
    {
        var unpacking = new Unpacking(content);
        unpacking.Inflate(stream);
        Damage.When(stream.DoubleWord() != unpacking.Check);
        Damage.When(stream.DoubleWord() != (uint)unpacking.Length);
    }
}
