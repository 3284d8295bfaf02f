using ScaleMs.Core.Digests;

namespace ScaleMs.Core.Records;

/// <summary>What few results have; the others share one that is empty. See <see cref="ActionResult"/> for what each is.</summary>
internal sealed record ResultTraits
{
    public static ResultTraits None { get; } = new();

    public int ExitCode { get; init; }

    public bool IsContinued { get; init; }

    public Digest Log { get; init; }

    public string? ImportedFrom { get; init; }

    public string? KeptState { get; init; }
}
