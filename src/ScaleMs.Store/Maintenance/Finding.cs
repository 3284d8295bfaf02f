namespace ScaleMs.Store.Maintenance;

/// <summary>Something that <see cref="StoreVerifier"/> found.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="What">What is the matter.</param>
/// <param name="Where">The file, relative to the store, or the published path.</param>
/// <param name="Advice">What to do, or what will happen by itself.</param>
public sealed record Finding(FindingKind Kind, string What, string Where, string Advice)
{
    /// <summary>Whether <c>--repair</c> put it right.</summary>
    public bool IsRepaired { get; init; }
}
