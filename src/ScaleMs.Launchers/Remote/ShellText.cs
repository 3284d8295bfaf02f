using System.Text;

namespace ScaleMs.Launchers.Remote;

/// <summary>Texts of shell that this assembly carries.</summary>
internal static class ShellText
{
    /// <summary>A text by its name.</summary>
    internal static string Of(string name)
    {
        using var stream = typeof(ShellText).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
