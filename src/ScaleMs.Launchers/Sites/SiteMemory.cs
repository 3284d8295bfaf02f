using System.Text.Json;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Sites;

/// <summary>What a site answered, in a file. Nobody needs the file: without it the site is asked again.</summary>
/// <param name="Circumstances">What all answers depend on.</param>
/// <param name="Tools">Tools by what was asked.</param>
/// <param name="Facts">Facts by their names.</param>
internal sealed record SiteMemory(string Circumstances, Dictionary<string, KeptTool> Tools, Dictionary<string, KeptFact> Facts)
{
    /// <summary>Reads a file; what was answered in other circumstances counts no more.</summary>
    public static SiteMemory Read(string file, string circumstances)
    {
        try
        {
            if (JsonSerializer.Deserialize<SiteMemory>(File.ReadAllText(file)) is { Tools: not null, Facts: not null } memory && memory.Circumstances == circumstances && memory.IsWhole)
            {
                return memory;
            }
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException)
        {
            // As good as none.
        }

        return new SiteMemory(circumstances, new(StringComparer.Ordinal), new(StringComparer.Ordinal));
    }

    private bool IsWhole => Tools.Values.All(tool => tool is { Path: not null, Lines: not null, Stamp: not null }) && Facts.Values.All(fact => fact is { Text: not null });

    /// <summary>Only below a work directory that is there: a plan makes none.</summary>
    public void Write(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (!Directory.Exists(Path.GetDirectoryName(folder)))
        {
            return;
        }

        try
        {
            OwnFile.MakeFolder(folder);
            OwnFile.Write(file, JsonSerializer.Serialize(this));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // The next run asks again.
        }
    }
}

/// <summary>A tool as it was found.</summary>
/// <param name="Path">Where it is there.</param>
/// <param name="Lines">Its fingerprint.</param>
/// <param name="Stamp">The file of that path as it is seen from here; empty where it is not seen.</param>
/// <param name="At">When it was asked for.</param>
internal sealed record KeptTool(string Path, IReadOnlyList<KeyValuePair<string, string>> Lines, string Stamp, DateTimeOffset At)
{
    public static KeptTool Of(ToolAnswer answer, DateTimeOffset at) => new(answer.Path!, answer.Fingerprint.Lines, StampOf(answer.Path!), at);

    public ToolAnswer ToAnswer() => new(Path, new ToolFingerprint(Lines), [], null);

    /// <summary>Length and time of a file; empty where it is not seen.</summary>
    public static string StampOf(string path) => Seen(path) is { } file ? FormattableString.Invariant($"{file.Length} {file.LastWriteTimeUtc.Ticks}") : string.Empty;

    /// <summary>When a file was written; null where it is not seen.</summary>
    public static DateTimeOffset? WrittenAt(string path) => Seen(path)?.LastWriteTimeUtc;

    /// <summary>The file behind all links.</summary>
    private static FileInfo? Seen(string path)
    {
        try
        {
            var file = new FileInfo(path);
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return file.Exists ? file : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>A fact as it was told.</summary>
/// <param name="Text">The fact, as it enters keys.</param>
/// <param name="At">When.</param>
internal sealed record KeptFact(string Text, DateTimeOffset At);
