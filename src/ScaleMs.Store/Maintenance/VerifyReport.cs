namespace ScaleMs.Store.Maintenance;

/// <summary>What <see cref="StoreVerifier"/> looked at and found.</summary>
public sealed record VerifyReport
{
    /// <summary>The store's folder.</summary>
    public required string Store { get; init; }

    /// <summary>Records that the journal says.</summary>
    public required int Records { get; init; }

    /// <summary>Blobs that were hashed.</summary>
    public required int Blobs { get; init; }

    /// <summary>Their bytes.</summary>
    public required long BlobBytes { get; init; }

    /// <summary>Published files that were hashed.</summary>
    public required int Published { get; init; }

    /// <summary>Who was running meanwhile, as far as can be told; null for nobody.</summary>
    public string? Beside { get; init; }

    /// <summary>What was found: damage first, each kind in order of its place.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>How much damage is left.</summary>
    public int Damaged => Findings.Count(finding => finding is { Kind: FindingKind.Damage, IsRepaired: false });
}
