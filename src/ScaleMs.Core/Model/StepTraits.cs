using ScaleMs.Core.Failures;

namespace ScaleMs.Core.Model;

/// <summary>What few instances declare; the others share one that is empty. See <see cref="StepInstance"/> for what each is.</summary>
internal sealed record StepTraits
{
    public static StepTraits None { get; } = new();

    public IReadOnlyList<Template> Templates { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<string> PassedEnvironment { get; init; } = [];

    public IReadOnlyList<SecretUse> Secrets { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    public IReadOnlyList<SiteFact> SiteFacts { get; init; } = [];

    public IReadOnlyList<ArtifactPath> Checkpoint { get; init; } = [];

    public RetryRules Retries { get; init; } = RetryRules.Default;

    public string Launcher { get; init; } = string.Empty;

    public Func<IProgressReader>? Progress { get; init; }
}
