using System.IO.Compression;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Store.Archives;

/// <summary>Reads a gzip file of one or more members (RFC 1952), to its last byte.</summary>
internal static class GzipReader
{
    public static Digest Read(Stream source, ContentIdentity rule)
    {
        var content = rule.Start();
        try
        {
            using var marked = new EndMark(source);
            using var unpacked = new GZipStream(marked, CompressionMode.Decompress, leaveOpen: true);
            Damage.When(PassOn(marked, unpacked, content) != 1);
            return content.Finish();
        }
        finally
        {
            (content as IDisposable)?.Dispose();
        }
    }

    private static int PassOn(EndMark marked, GZipStream unpacked, IContentDigester content)
    {
        var marks = 0;
        var part = new byte[1 << 16];
        for (var read = unpacked.Read(part); read > 0; read = unpacked.Read(part))
        {
            if (marked.IsReached)
            {
                Damage.When(!part.AsSpan(0, read).SequenceEqual(EndMark.Content));
                marks++;
            }
            else
            {
                content.Append(part.AsSpan(0, read));
            }
        }

        return marks;
    }
}
