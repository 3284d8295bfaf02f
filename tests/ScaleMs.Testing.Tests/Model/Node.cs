using ScaleMs.Core.Model;

namespace ScaleMs.Testing.Tests.Model;

/// <summary>A step of a random workflow. Two nodes that differ in nothing but their number do the same work.</summary>
/// <param name="Number">Tells it from others; numbers of what it reads are smaller.</param>
/// <param name="Family">An argument of its command that only its twins share: no other work makes the same bytes by chance, but coarse work of one variant.</param>
/// <param name="Variant">Another argument, which edits change.</param>
/// <param name="IsCoarse">Whether its outputs take few values, so that what changes above it is often cut off.</param>
/// <param name="HasComments">Whether its outputs hold lines that do not count.</param>
/// <param name="Outputs">How many outputs it has.</param>
/// <param name="Publishes">Whether they are published.</param>
/// <param name="Keep">How long their bytes are kept.</param>
/// <param name="IsInPlace">Whether those that are published are kept there.</param>
/// <param name="IsAlways">Whether it runs in every run.</param>
/// <param name="Links">What it reads.</param>
/// <param name="Extra">What else it makes.</param>
internal sealed record Node(int Number, int Family, int Variant, bool IsCoarse, bool HasComments, int Outputs, bool Publishes, Keep Keep, bool IsInPlace, bool IsAlways, IReadOnlyList<Link> Links, Extra Extra)
{
    public string[] Arguments => [$"family{Family}", $"variant{Variant}", IsCoarse ? "coarse" : "fine"];

    /// <summary>How many outputs it has together.</summary>
    public int AllOutputs => Outputs + (Extra == Extra.None ? 0 : 1);

    public string OutputName(int output) => output < Outputs ? $"{(HasComments ? "commented" : "plain")}{output}.txt" : Extra == Extra.Directory ? "tree" : "perhaps.txt";
}

/// <summary>An output besides the usual ones.</summary>
internal enum Extra
{
    None,

    /// <summary>A directory with one file or more.</summary>
    Directory,

    /// <summary>A file that is not always there.</summary>
    Optional,
}

/// <summary>An input: an output of a node, or a source file when there is no node.</summary>
internal readonly record struct Link(int? Node, int Place, bool AsBytes);
