using System.Buffers;

namespace ScaleMs.Launchers.Amqp.Blobs;

/// <summary>A blob's name: 64 small hexadecimal digits and nothing else, so that no name leads anywhere.</summary>
internal static class BlobName
{
    private const int Digits = 64;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    internal static bool IsOne(string? text) => text is { Length: Digits } && !text.AsSpan().ContainsAnyExcept(Hexadecimal);

    internal static string Checked(string text) =>
        IsOne(text) ? text : throw new BlobException($"'{(text.Length > 80 ? text[..80] : text)}' is no digest of a blob: 64 hexadecimal digits are");

    internal static string Brief(string digest) => digest[..12];
}
