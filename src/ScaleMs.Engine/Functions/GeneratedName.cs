using System.Buffers;

namespace ScaleMs.Engine.Functions;

/// <summary>Knows names that the C# compiler made: they hold a '&lt;', which no name in source can.</summary>
internal static class GeneratedName
{
    private const int FileHashLength = 64;
    private static readonly SearchValues<char> s_hexDigits = SearchValues.Create("0123456789ABCDEF");

    public static bool Is(string name) => name.Contains('<', StringComparison.Ordinal);

    /// <summary>
    /// The name without ordinals: <c>&lt;Main&gt;b__0_1</c> gives <c>&lt;Main&gt;b___</c>. A name from source is returned as it is.
    /// </summary>
    public static string Stem(string name) =>
        Is(name) ? string.Concat(WithoutFileHash(name).Where(character => !char.IsAsciiDigit(character))) : name;

    // A file-local type is called '<File>F' + SHA-256 of the source file's path + '__Name', and paths must never enter a key.
    private static string WithoutFileHash(string name)
    {
        var hash = name.IndexOf(">F", StringComparison.Ordinal) + ">F".Length;
        return hash >= ">F".Length
            && name.Length > hash + FileHashLength
            && name.AsSpan(hash, FileHashLength).IndexOfAnyExcept(s_hexDigits) < 0
            ? name.Remove(hash, FileHashLength)
            : name;
    }
}
