namespace ScaleMs.Core.Identity;

/// <summary>Texts inside the names of rules: quoted, on one line, no two alike.</summary>
internal static class QuotedText
{
    public static string Of(string text) => '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal) + '"';
}
