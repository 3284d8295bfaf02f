using ScaleMs.Core.Digests;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Keys;

/// <summary>A step instance whose inputs, templates and tools are resolved: everything that its key depends on.</summary>
/// <param name="Step">The declaration.</param>
/// <param name="Inputs">The identities of the inputs, in the order of the declaration's inputs.</param>
/// <param name="Templates">The rendered templates, in the order of the declaration's templates.</param>
/// <param name="Tools">The fingerprints of the tools, in the order of the declaration's tools.</param>
/// <param name="SiteFacts">The values of the declared site facts, in the order of the declaration.</param>
public sealed record ClosedAction(
    StepInstance Step,
    IReadOnlyList<InputIdentity> Inputs,
    IReadOnlyList<RenderedTemplate> Templates,
    IReadOnlyList<ToolFingerprint> Tools,
    IReadOnlyList<string> SiteFacts);

/// <summary>The identity under which an input enters a key.</summary>
/// <param name="Digest">The identity's digest.</param>
/// <param name="RuleName">The identity rule's name.</param>
/// <param name="RuleVersion">The identity rule's version.</param>
public readonly record struct InputIdentity(Digest Digest, string RuleName, int RuleVersion)
{
    /// <summary>How its producer compared it with the one before, for explanations; not in the key.</summary>
    public Records.ComparedOutput? Compared { get; init; }
}

/// <summary>A template with its values filled in.</summary>
/// <param name="Text">The text that the step will read.</param>
public sealed record RenderedTemplate(string Text);

/// <summary>What tells one version of a tool from another.</summary>
/// <param name="Lines">Labels and values, in the order of the tool's version rule.</param>
public sealed record ToolFingerprint(IReadOnlyList<KeyValuePair<string, string>> Lines);
