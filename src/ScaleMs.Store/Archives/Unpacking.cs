using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Store.Archives;

/// <summary>Passes the content of one packed member on, and counts and checks it.</summary>
internal sealed class Unpacking(IContentDigester content)
{
    private uint _check = uint.MaxValue;

    public ulong Length { get; private set; }

    public uint Check => ~_check;

    public void Inflate(PackedBytes bytes) => new Inflater(bytes, this).Run();

    public void Copy(PackedBytes bytes, ulong count)
    {
        var part = new byte[1 << 16];
        while (count > 0)
        {
            var read = part.AsSpan(0, (int)Math.Min(count, (ulong)part.Length));
            bytes.Read(read);
            Pass(read);
            count -= (ulong)read.Length;
        }
    }

    public void Pass(ReadOnlySpan<byte> bytes)
    {
        content.Append(bytes);
        _check = Crc32.Append(_check, bytes);
        Length += (ulong)bytes.Length;
    }

    public Digest Finish() => content.Finish();
}
