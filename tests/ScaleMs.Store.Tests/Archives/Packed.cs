using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace ScaleMs.Store.Tests.Archives;

/// <summary>Makes archives in memory.</summary>
internal static class Packed
{
    public static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var target = new MemoryStream();
        using (var packer = new GZipStream(target, level))
        {
            packer.Write(content);
        }

        return target.ToArray();
    }

    /// <summary>The same content with a time, a file name, a comment and an extra field in the header.</summary>
    public static byte[] WithHeader(byte[] gzip, string name) =>
        [0x1F, 0x8B, 8, 4 | 8 | 16, 1, 2, 3, 4, 0, 3, 2, 0, 9, 9, .. Encoding.ASCII.GetBytes(name), 0, (byte)'c', 0, .. gzip[10..]];

    public static byte[] Tar(int year, UnixFileMode mode, params (string Name, string Text)[] members)
    {
        using var target = new MemoryStream();
        using (var writer = new TarWriter(target))
        {
            foreach (var (name, text) in members)
            {
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    ModificationTime = Time(year),
                    Uid = year,
                    UserName = $"user{year}",
                    Mode = mode,
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                });
            }
        }

        return target.ToArray();
    }

    public static byte[] Zip(int year, bool isSeekable, CompressionLevel level, params (string Name, string Text)[] members)
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(isSeekable ? target : new ForwardStream(target), ZipArchiveMode.Create))
        {
            foreach (var (name, text) in members)
            {
                var entry = archive.CreateEntry(name, level);
                entry.LastWriteTime = Time(year);
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return target.ToArray();
    }

    private static DateTimeOffset Time(int year) => new(year, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A stream that is written once: zip then tells sizes behind each member.</summary>
    private sealed class ForwardStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
