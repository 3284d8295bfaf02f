using ScaleMs.Core.Digests;
using ScaleMs.Core.Failures;
using ScaleMs.Core.Ports;
using ScaleMs.Core.Records;

namespace ScaleMs.Engine.Comparing;

/// <summary>What was found of an output that more than its bytes decide about.</summary>
internal sealed record JudgedOutput
{
    /// <summary>An output that nothing stands for yet, or that is byte for byte what stands for it.</summary>
    public static JudgedOutput AsMade { get; } = new();

    /// <summary>How it was compared; null when it was not.</summary>
    public ComparedOutput? Compared { get; init; }

    /// <summary>The bytes that stand for it, when what was made is not kept.</summary>
    public StoredBlob? Kept { get; init; }

    /// <summary>The identity that a filter told; none where none was asked.</summary>
    public Digest Identity { get; init; }

    /// <summary>The name of the rule with the fingerprint of the filter; null where none was asked.</summary>
    public string? RuleName { get; init; }

    /// <summary>What keeps it from being an output.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Whether it is certain that no process of a filter is left.</summary>
    public bool LeftNobody { get; init; } = true;
}
