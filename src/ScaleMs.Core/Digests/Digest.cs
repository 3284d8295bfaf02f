using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ScaleMs.Core.Digests;

/// <summary>A SHA-256 digest of 32 bytes; its text form names the algorithm: <c>sha256:</c> and 64 lower-case hex digits.</summary>
/// <remarks>The default value (all zero) stands for "no digest" and never equals a computed one in practice.</remarks>
public readonly struct Digest : IEquatable<Digest>, IComparable<Digest>
{
    /// <summary>The length of a digest in bytes.</summary>
    public const int Size = 32;

    /// <summary>The length of the text form in characters, which are all ASCII.</summary>
    public const int TextSize = 7 + (2 * Size);

    private const string Prefix = "sha256:";
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Makes a digest from its bytes.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <exception cref="ArgumentException">The length is not 32.</exception>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException($"A SHA-256 digest has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>Whether this is the default value, "no digest".</summary>
    public bool IsNone => (_a | _b | _c | _d) == 0;

    /// <summary>The 64 lower-case hex digits without the algorithm's name.</summary>
    public string Hex
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            CopyTo(bytes);
            return Convert.ToHexStringLower(bytes);
        }
    }

    /// <summary>The first 12 hex digits, for people and folder names.</summary>
    public string Brief => Hex[..12];

    /// <summary>The digest of some bytes.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <returns>Their SHA-256.</returns>
    public static Digest Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(bytes, hash);
        return new Digest(hash);
    }

    /// <summary>The digest of a text's UTF-8 bytes.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The SHA-256 of its UTF-8 form without byte-order mark.</returns>
    public static Digest OfText(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads the text form.</summary>
    /// <param name="text"><c>sha256:</c> and 64 hex digits.</param>
    /// <returns>The digest.</returns>
    /// <exception cref="FormatException">The text has another form or names another algorithm.</exception>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new FormatException($"'{text}' is not a digest: expected '{Prefix}' and 64 hex digits.");

    /// <summary>Reads the text form without throwing.</summary>
    /// <param name="text">A candidate text.</param>
    /// <param name="digest">The digest, or the default value.</param>
    /// <returns>Whether the text was a digest.</returns>
    public static bool TryParse(string? text, out Digest digest)
    {
        digest = default;
        if (text is null || text.Length != Prefix.Length + (Size * 2) || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        var status = Convert.FromHexString(text.AsSpan(Prefix.Length), bytes, out _, out var written);
        if (status != System.Buffers.OperationStatus.Done || written != Size)
        {
            return false;
        }

        digest = new Digest(bytes);
        return true;
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="destination">At least 32 bytes long.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>Writes the text form in ASCII.</summary>
    /// <param name="destination">At least <see cref="TextSize"/> bytes long.</param>
    public void WriteText(Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        "sha256:"u8.CopyTo(destination);
        Convert.TryToHexStringLower(bytes, destination[Prefix.Length..], out _);
    }

    /// <inheritdoc/>
    public bool Equals(Digest other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Digest other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)_a);

    /// <summary>Orders by bytes.</summary>
    /// <param name="other">The digest to compare with.</param>
    /// <returns>Negative, zero or positive.</returns>
    public int CompareTo(Digest other)
    {
        var first = _a != other._a ? _a.CompareTo(other._a) : _b.CompareTo(other._b);
        if (first != 0)
        {
            return first;
        }

        return _c != other._c ? _c.CompareTo(other._c) : _d.CompareTo(other._d);
    }

    /// <summary>The text form, with the algorithm's name.</summary>
    /// <returns><c>sha256:</c> and 64 hex digits.</returns>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[TextSize];
        WriteText(text);
        return Encoding.ASCII.GetString(text);
    }

    /// <summary>Equality by value.</summary>
    public static bool operator ==(Digest left, Digest right) => left.Equals(right);

    /// <summary>Inequality by value.</summary>
    public static bool operator !=(Digest left, Digest right) => !left.Equals(right);

    /// <summary>Order by bytes.</summary>
    public static bool operator <(Digest left, Digest right) => left.CompareTo(right) < 0;

    /// <summary>Order by bytes.</summary>
    public static bool operator >(Digest left, Digest right) => left.CompareTo(right) > 0;

    /// <summary>Order by bytes.</summary>
    public static bool operator <=(Digest left, Digest right) => left.CompareTo(right) <= 0;

    /// <summary>Order by bytes.</summary>
    public static bool operator >=(Digest left, Digest right) => left.CompareTo(right) >= 0;
}
