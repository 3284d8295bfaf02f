using System.Globalization;
using System.Text;

namespace ScaleMs.Core.Secrets;

/// <summary>How a value may be written by those who encode it: base64, URL, hexadecimal, JSON, or line by line.</summary>
internal static class SecretForms
{
    /// <summary>After how many characters common tools begin a new line of base64.</summary>
    private static readonly int[] LineLengths = [64, 76];

    public static IEnumerable<byte[]> Of(byte[] value)
    {
        var text = Encoding.UTF8.GetString(value);
        var texts = Base64(value).Concat(Hexadecimal(value));
        return Lines(value).Prepend(value).Concat(texts.Concat(Url(text)).Concat(Json(text)).Select(Encoding.UTF8.GetBytes));
    }

    /// <summary>A value of several lines is often printed with something in front of each.</summary>
    private static IEnumerable<byte[]> Lines(byte[] value) =>
        Encoding.Latin1.GetString(value).Split('\n').Select(line => Encoding.Latin1.GetBytes(line.Trim()));

    /// <summary>The characters that depend on nothing but the value, wherever it stands in what is encoded.</summary>
    private static IEnumerable<string> Base64(byte[] value)
    {
        for (var offset = 0; offset < 3; offset++)
        {
            var whole = Convert.ToBase64String([.. new byte[offset], .. value]);
            var core = whole[(((offset * 8) + 5) / 6)..((offset + value.Length) * 8 / 6)];
            yield return core;
            yield return core.Replace('+', '-').Replace('/', '_');
        }

        foreach (var line in LineLengths.SelectMany(length => Convert.ToBase64String(value).TrimEnd('=').Chunk(length)))
        {
            yield return new string(line);
        }
    }

    private static string[] Hexadecimal(byte[] value) => [Convert.ToHexString(value), Convert.ToHexStringLower(value)];

    private static IEnumerable<string> Url(string text)
    {
        var escaped = Uri.EscapeDataString(text);
        var lower = string.Concat(escaped.Select((c, i) => IsHexOf(escaped, i) ? char.ToLowerInvariant(c) : c));
        return new[] { escaped, lower }.SelectMany(form => new[] { form, form.Replace("%20", "+", StringComparison.Ordinal) })
            .SelectMany(form => new[] { form, form.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) });
    }

    private static bool IsHexOf(string escaped, int i) => (i >= 1 && escaped[i - 1] == '%') || (i >= 2 && escaped[i - 2] == '%');

    /// <summary>As little escaped as JSON allows, everything beyond ASCII escaped, and what could stand in HTML too.</summary>
    private static string[] Json(string text) =>
    [
        Escaped(text, _ => false, "x4"), Escaped(text, _ => false, "x4").Replace("/", "\\/", StringComparison.Ordinal),
        Escaped(text, c => c > '~', "x4"), Escaped(text, c => c > '~' || "\"&'+<>`".Contains(c, StringComparison.Ordinal), "X4"),
    ];

    private static string Escaped(string text, Func<char, bool> isCoded, string form) => string.Concat(text.Select(c => c switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ when c < ' ' || isCoded(c) => "\\u" + ((int)c).ToString(form, CultureInfo.InvariantCulture),
        '"' => "\\\"",
        '\\' => "\\\\",
        _ => c.ToString(),
    }));
}
