using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Keys;

/// <summary>Makes both the key and its explanation, so that the two cannot disagree.</summary>
internal sealed class KeyWriter : IDisposable
{
    /// <summary>Longer values are stored as their digest; the key itself takes the whole value.</summary>
    private const int LongestShortValue = 120;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<KeyComponent> _components = [];

    public IReadOnlyList<KeyComponent> Components => _components;

    public void Text(string name, string value)
    {
        Append(name);
        Append(value);
        _components.Add(new KeyComponent(name, value.Length <= LongestShortValue ? value : Digest.OfText(value).ToString()));
    }

    public void Count(string name, int count)
    {
        Append(name);
        Append(count.ToString(CultureInfo.InvariantCulture));
    }

    public ActionKey Finish() => new(new Digest(_hash.GetHashAndReset()));

    public void Dispose() => _hash.Dispose();

    private void Append(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        _hash.AppendData(length);
        _hash.AppendData(bytes);
    }
}
