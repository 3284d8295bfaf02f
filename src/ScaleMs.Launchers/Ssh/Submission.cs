using System.Text;
using System.Text.Json;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Ssh;

/// <summary>Where an attempt was sent, written here before it is started there, so that a later client finds it.</summary>
/// <param name="Site">The site.</param>
/// <param name="Host">The destination.</param>
/// <param name="Root">The attempt's root there.</param>
internal sealed record Submission(string Site, string Host, string Root)
{
    private const string Launcher = "ssh";

    /// <summary>Writes it into an attempt's root here.</summary>
    internal void Write(string root)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteString("launcher", Launcher);
            json.WriteString("site", Site);
            json.WriteString("host", Host);
            json.WriteString("root", Root);
            json.WriteEndObject();
        }

        OwnFile.Write(Path.Combine(root, AttemptFiles.Submitted), Encoding.UTF8.GetString(text.ToArray()));
    }

    /// <summary>Reads that of an attempt's root here; null where there is none, or it is another launcher's.</summary>
    internal static Submission? Read(string root)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, AttemptFiles.Submitted)));
            var of = document.RootElement;
            return of.GetProperty("launcher").GetString() == Launcher && of.GetProperty("root").GetString() is ['/', _, ..] there
                ? new Submission(of.GetProperty("site").GetString()!, of.GetProperty("host").GetString()!, there)
                : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
