namespace ScaleMs.Core.Model;

/// <summary>What few commands have; the others share one that is empty. See <see cref="Command"/> for what each is.</summary>
internal sealed record CommandTraits
{
    public static CommandTraits None { get; } = new();

    public string? StandardInput { get; init; }

    public ArtifactPath? StandardError { get; init; }

    public ArtifactPath? StandardInputFile { get; init; }

    public Starter? Through { get; init; }
}
