using System.Text.Json;

namespace ScaleMs.Launchers.Remote;

/// <summary>What the client writes down in the root when an attempt was handed over: the content of <c>submitted.json</c>.</summary>
/// <param name="Launcher">The launcher's name.</param>
/// <param name="Site">The site's name.</param>
/// <param name="Job">What the site calls it.</param>
internal sealed record Submission(string Launcher, string Site, string Job)
{
    /// <summary>Writes it, whole or not at all.</summary>
    /// <param name="root">The root on this disk.</param>
    internal void Write(string root) => OwnFile.Write(
        Path.Combine(root, AttemptFiles.Submitted),
        $$"""{"launcher":"{{Quoted(Launcher)}}","site":"{{Quoted(Site)}}","job":"{{Quoted(Job)}}"}""" + "\n");

    /// <summary>Reads it.</summary>
    /// <param name="root">The root on this disk.</param>
    /// <returns>Null when it is not there or is none.</returns>
    internal static Submission? Read(string root)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, AttemptFiles.Submitted)));
            string Text(string name) => document.RootElement.GetProperty(name).GetString() ?? string.Empty;
            return new Submission(Text("launcher"), Text("site"), Text("job"));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether an attempt was begun, or may have been: its order is there, or a sign of a wrapper.</summary>
    /// <param name="root">The root on this disk, shared with the site.</param>
    /// <remarks>An order without a submission may be submitted again: the second job that finds the claim does nothing.</remarks>
    internal static bool MayBeUnderWay(string root) =>
        File.Exists(Path.Combine(root, AttemptFiles.Submitted)) || File.Exists(Path.Combine(root, AttemptFiles.Result))
        || File.Exists(Path.Combine(root, AttemptFiles.Order)) || Directory.Exists(Path.Combine(root, AttemptFiles.Claim));

    private static JsonEncodedText Quoted(string text) => JsonEncodedText.Encode(text);
}
