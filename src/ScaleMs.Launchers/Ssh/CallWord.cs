using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Quotes texts for a call, which is one line.</summary>
internal static class CallWord
{
    /// <summary>One word; a line end in it is named as the script at the other end knows it.</summary>
    internal static string Of(string text) => ShellWord.Of(text).Replace("\n", "'\"$newline\"'", StringComparison.Ordinal);
}
