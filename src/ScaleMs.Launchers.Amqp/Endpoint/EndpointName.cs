using System.Buffers;

namespace ScaleMs.Launchers.Amqp.Endpoint;

/// <summary>The names in addresses: hexadecimal digits and nothing else, so that none leads anywhere.</summary>
internal static class EndpointName
{
    private const int KeyDigits = 64;
    private const int ClientDigits = 32;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    internal static bool IsKey(string? text) => Is(text, KeyDigits);

    internal static bool IsClient(string? text) => Is(text, ClientDigits);

    /// <summary>What stands behind a prefix; nothing where the path is another one.</summary>
    internal static string After(this string path, string prefix) => path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : string.Empty;

    private static bool Is(string? text, int digits) => text?.Length == digits && !text.AsSpan().ContainsAnyExcept(Hexadecimal);
}
