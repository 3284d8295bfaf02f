using System.Security.Cryptography;

namespace ScaleMs.Storm;

/// <summary>What an undisturbed run of the same sources publishes, from a workspace of its own; made once for equal sources.</summary>
internal sealed class Reference(string scratch)
{
    private readonly Dictionary<string, SortedDictionary<string, string>> _known = new(StringComparer.Ordinal);

    public SortedDictionary<string, string> Of(Sources sources)
    {
        if (!_known.TryGetValue(sources.Fingerprint, out var published))
        {
            _known[sources.Fingerprint] = published = Make(sources);
        }

        return published;
    }

    /// <summary>The digest of every published file by its path.</summary>
    public static SortedDictionary<string, string> Published(string workspace)
    {
        var results = Path.Combine(workspace, "results");
        var files = Directory.Exists(results) ? Directory.GetFiles(results, "*", SearchOption.AllDirectories) : [];
        return new SortedDictionary<string, string>(files.ToDictionary(file => Path.GetRelativePath(workspace, file), DigestOf), StringComparer.Ordinal);
    }

    public static string DigestOf(string file)
    {
        using var bytes = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    private SortedDictionary<string, string> Make(Sources sources)
    {
        var root = Path.Combine(scratch, "reference");
        sources.WriteAll(root);
        Environment.SetEnvironmentVariable(Study.Ledger, "/dev/null");
        try
        {
            var report = new StudyRun(root).Go();
            return report.ExitCode == 0 ? Published(root) : throw new InvalidOperationException($"The undisturbed run ended with {report.ExitCode}.");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
