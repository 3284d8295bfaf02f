using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Ports;
using ScaleMs.Launchers.Remote;

namespace ScaleMs.Launchers.Sites;

/// <summary>Asks a site for its facts and for many tools in one round trip.</summary>
/// <param name="site">Whose tools.</param>
/// <param name="shell">How it is reached.</param>
/// <param name="patience">How long an answer is waited for, and once more for each tool that is asked for its version.</param>
internal sealed class SiteProbe(SiteProfile site, ISiteShell shell, TimeSpan patience)
{
    private static readonly ToolFingerprint Nothing = new([]);

    /// <summary>Asks.</summary>
    /// <returns>The answer and the tools' answers, in their order. A site that cannot be asked is a problem of each.</returns>
    public async Task<(SiteAnswer Site, IReadOnlyList<ToolAnswer> Tools)> AskAsync(IReadOnlyList<Tool> tools, bool withFacts)
    {
        var script = withFacts ? new SiteScript(site).Facts() : new SiteScript(site);
        for (var i = 0; i < tools.Count; i++)
        {
            script.Tool(i, tools[i]);
        }

        var answer = await RunAsync(script, patience * (1 + tools.Count)).ConfigureAwait(false);
        return (answer, [.. tools.Select((tool, number) => Answer(tool, number, answer))]);
    }

    /// <summary>Asks questions of any kind.</summary>
    public async Task<SiteAnswer> RunAsync(SiteScript script, TimeSpan limit, CancellationToken cancellation = default)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limit);
        try
        {
            return SiteAnswer.Read(await shell.RunAsync(script.ToString(), null, time.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SiteAnswer.None(FormattableString.Invariant($"did not answer within {limit.TotalSeconds:0} s"));
        }
        catch (SiteException trouble)
        {
            return SiteAnswer.None($"cannot be reached: {trouble.Message}");
        }
    }

    private ToolAnswer Answer(Tool tool, int number, SiteAnswer answer)
    {
        if (answer.Problem is { } problem)
        {
            return Wrong(null, $"cannot be asked for, because site '{site.Name}' {problem}");
        }

        var told = answer.Records.SkipWhile(record => !IsAbout(record, number)).Take(2).ToList();
        var path = told is [var first, ..] ? first.Value[(first.Value.Split(' ')[0].Length)..].Trim() : string.Empty;
        return path.Length == 0
            ? Wrong(null, $"was not found at site '{site.Name}' (looked for {string.Join(", ", tool.Candidates.Where(name => name.Length > 0).Select(name => $"'{name}'"))})")
            : tool.Version is ToolVersion.OfLines rule ? OfLines(path, rule, told.ElementAtOrDefault(1)) : OfBinary(path, told.ElementAtOrDefault(1));
    }

    private static bool IsAbout(SiteRecord record, int number) => record.Word == "tool" && record.Value.Split(' ')[0] == FormattableString.Invariant($"{number}");

    private ToolAnswer OfLines(string path, ToolVersion.OfLines rule, SiteRecord? printed)
    {
        var lines = VersionLines.Of(rule, printed is { Word: "printed" } ? printed.Value : string.Empty);
        return lines.Problem(path, rule) is { } problem ? Wrong(path, $"{problem} at site '{site.Name}'") : new ToolAnswer(path, lines.Fingerprint, [], null);
    }

    private ToolAnswer OfBinary(string path, SiteRecord? digest) => digest is { Word: "digest" } && Digest.TryParse("sha256:" + digest.Value, out var bytes)
        ? new ToolAnswer(path, BinaryVersion.Of(bytes), [], null)
        : Wrong(path, $"at '{path}' could not be read at site '{site.Name}': neither openssl nor sha256sum gave its digest");

    private static ToolAnswer Wrong(string? path, string problem) => new(path, Nothing, [], problem);
}
