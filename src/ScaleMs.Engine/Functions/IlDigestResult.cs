namespace ScaleMs.Engine.Functions;

/// <summary>The identity of a function step's code: one digest, and what it is made of.</summary>
/// <param name="Sha256Hex">SHA-256 over the components in their order, 64 lowercase hexadecimal digits.</param>
/// <param name="Components">
/// Sorted by name, ordinal. <c>function</c>: the label of the method; <c>method …</c>, <c>type …</c>, <c>enum …</c>: the digest of a
/// reached body, layout or list of members; <c>package …</c>: a version; <c>runtime</c>: the major version. Compiler-made names are
/// numbered by first visit, such as <c>&lt;Main&gt;b__~1</c>.
/// </param>
/// <remarks>The digest enters the step key; two results are compared by it.</remarks>
public sealed record IlDigestResult(string Sha256Hex, IReadOnlyList<CodeComponent> Components)
{
    /// <summary>The user assemblies that were read for it, sorted by name, with the ids of their builds.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Builds { get; init; } = [];
}
