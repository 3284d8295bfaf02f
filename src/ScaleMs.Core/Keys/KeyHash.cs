using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Keys;

/// <summary>Makes the key: every name and value with its length in front, so that no two actions give the same bytes.</summary>
internal sealed class KeyHash : IKeySink
{
    /// <summary>What is longer is hashed piece by piece: an action with many inputs has megabytes.</summary>
    private const int LongestPiece = 1 << 15;
    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 12);
    private IncrementalHash? _before;

    public void Text(in KeyName name, string value)
    {
        Append(name);
        WriteLength(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
    }

    public void Digest(in KeyName name, Digest value)
    {
        Append(name);
        WriteLength(Digests.Digest.TextSize);
        value.WriteText(_bytes.GetSpan(Digests.Digest.TextSize));
        _bytes.Advance(Digests.Digest.TextSize);
    }

    public void Count(in KeyName name, int count)
    {
        Append(name);
        Span<byte> digits = stackalloc byte[11];
        count.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        WriteLength(length);
        _bytes.Write(digits[..length]);
    }

    /// <summary>The key of what was written since the last call.</summary>
    public ActionKey Finish()
    {
        var key = new ActionKey(_before is null ? Digests.Digest.Of(_bytes.WrittenSpan) : FinishPieces(_before));
        _bytes.ResetWrittenCount();
        return key;
    }

    private Digest FinishPieces(IncrementalHash hash)
    {
        using (hash)
        {
            hash.AppendData(_bytes.WrittenSpan);
            _before = null;
            return new Digest(hash.GetHashAndReset());
        }
    }

    private void HashPiece()
    {
        _before ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _before.AppendData(_bytes.WrittenSpan);
        _bytes.ResetWrittenCount();
    }

    /// <summary>The same bytes as the name's text would give, without making it.</summary>
    private void Append(in KeyName name)
    {
        if (_bytes.WrittenCount > LongestPiece)
        {
            HashPiece();
        }

        var start = _bytes.WrittenCount;
        WriteLength(0);
        Encoding.UTF8.GetBytes(name.Kind, _bytes);
        WriteItem(name.Item);
        WriteIndex(name.Index);
        WriteItem(name.Part);
        WriteIndex(name.PartIndex);
        BinaryPrimitives.WriteInt32LittleEndian(System.Runtime.InteropServices.MemoryMarshal.AsMemory(_bytes.WrittenMemory).Span[start..], _bytes.WrittenCount - start - sizeof(int));
    }

    private void WriteItem(string? item)
    {
        if (item is not null)
        {
            _bytes.Write("/"u8);
            Encoding.UTF8.GetBytes(item, _bytes);
        }
    }

    private void WriteIndex(int index)
    {
        if (index >= 0)
        {
            Span<byte> digits = stackalloc byte[13];
            digits[0] = (byte)'[';
            index.TryFormat(digits[1..], out var length, default, CultureInfo.InvariantCulture);
            digits[length + 1] = (byte)']';
            _bytes.Write(digits[..(length + 2)]);
        }
    }

    private void WriteLength(int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), length);
        _bytes.Advance(sizeof(int));
    }
}
