namespace ScaleMs.Launchers.Sites;

/// <summary>A text that is no YAML, or not of the form that is wanted.</summary>
/// <param name="message">The end of a sentence that begins with the file.</param>
/// <param name="line">The line, from 1.</param>
internal sealed class YamlFormatException(string message, int line) : FormatException(message)
{
    /// <summary>The line, from 1.</summary>
    public int Line { get; } = line;
}
