using System.IO.Compression;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Store.Archives;

/// <summary>Passes the content of one packed member on, and counts and checks it.</summary>
internal sealed class Unpacking(IContentDigester content)
{
    private readonly byte[] _part = new byte[1 << 16];
    private uint _check = uint.MaxValue;

    public ulong Length { get; private set; }

    public uint Check => ~_check;

    public void Inflate(ArchiveStream stream)
    {
        using var inflater = new DeflateStream(stream, CompressionMode.Decompress, leaveOpen: true);
        for (var read = inflater.Read(_part); read > 0; read = inflater.Read(_part))
        {
            Pass(_part.AsSpan(0, read));
        }
    }

    public void Copy(ArchiveStream stream, ulong count)
    {
        while (count > 0)
        {
            var part = _part.AsSpan(0, (int)Math.Min(count, (ulong)_part.Length));
            stream.ReadExactly(part);
            Pass(part);
            count -= (ulong)part.Length;
        }
    }

    public Digest Finish() => content.Finish();

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        content.Append(bytes);
        _check = Crc32.Append(_check, bytes);
        Length += (ulong)bytes.Length;
    }
}
