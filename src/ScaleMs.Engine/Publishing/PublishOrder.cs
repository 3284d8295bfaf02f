using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Publishing;

/// <summary>What of a result is to be published, and what the manifest says of it; read on the run loop's thread.</summary>
/// <param name="Step">The instance.</param>
/// <param name="Result">Its result.</param>
/// <param name="Manifest">The manifest's entries of the paths that it publishes; null where a path is not ours.</param>
internal sealed record PublishOrder(StepInstance Step, ActionResult Result, IReadOnlyDictionary<ArtifactPath, PublishedRecord?> Manifest)
{
    /// <summary>Entries of files in a folder that is published whole, which this result does not have.</summary>
    public IReadOnlyList<PublishedRecord> Former { get; init; } = [];

    /// <summary>Entries that were made before their files come.</summary>
    public IReadOnlyList<PublishedRecord> Announced { get; init; } = [];

    /// <summary>The order for an instance.</summary>
    /// <param name="step">The instance.</param>
    /// <param name="result">Its result.</param>
    /// <param name="published">The manifest.</param>
    /// <param name="folders">The manifest's entries by folder.</param>
    public static PublishOrder Of(StepInstance step, ActionResult result, IReadOnlyDictionary<ArtifactPath, PublishedRecord> published, PublishedFolders folders)
    {
        var manifest = PublishedFile.Of(step, result).ToDictionary(file => file.Path, file => published.GetValueOrDefault(file.Path));
        return new PublishOrder(step, result, manifest)
        {
            Former = [.. step.Outputs.Where(output => output is { IsTree: true, PublishTo: not null })
                .SelectMany(tree => folders.Below(tree.PublishTo!))
                .Where(entry => !manifest.ContainsKey(entry.Path))
                .OrderBy(entry => entry.Path.Value, StringComparer.Ordinal)],
        };
    }
}
