using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;

namespace ScaleMs.Core.Identity;

/// <summary>How the identity of an output is told.</summary>
public abstract record OutputIdentity
{
    private OutputIdentity()
    {
    }

    /// <summary>The bytes themselves.</summary>
    public static OutputIdentity Bytes { get; } = new Canonical(ContentIdentity.Bytes);

    /// <summary>What a directory holds.</summary>
    public static OutputIdentity Listing { get; } = new OfTree();

    /// <summary>The name under which the rule enters keys.</summary>
    public abstract string Name { get; }

    /// <summary>The rule's version.</summary>
    public abstract int Version { get; }

    /// <summary>A pure function of the bytes.</summary>
    /// <param name="Rule">The function.</param>
    public sealed record Canonical(ContentIdentity Rule) : OutputIdentity
    {
        /// <inheritdoc/>
        public override string Name => Rule.Name;

        /// <inheritdoc/>
        public override int Version => Rule.Version;
    }

    /// <summary>The bytes of a table of numbers that stands for all those made again within a tolerance.</summary>
    /// <param name="Rule">The tolerance.</param>
    public sealed record Tolerance(ToleranceIdentity Rule) : OutputIdentity
    {
        /// <inheritdoc/>
        public override string Name => Rule.Name;

        /// <inheritdoc/>
        public override int Version => 1;
    }

    /// <summary>The digest of a directory's <see cref="TreeListing"/>.</summary>
    public sealed record OfTree : OutputIdentity
    {
        /// <inheritdoc/>
        public override string Name => "scalems.tree";

        /// <inheritdoc/>
        public override int Version => 1;
    }

    /// <summary>The action that made it, for files that never repeat, such as checkpoints.</summary>
    public sealed record OfAction : OutputIdentity
    {
        /// <inheritdoc/>
        public override string Name => "action";

        /// <inheritdoc/>
        public override int Version => 1;

        /// <summary>The identity of one output of one action.</summary>
        /// <param name="key">The action's key.</param>
        /// <param name="path">The output's path.</param>
        /// <returns>A digest that depends on nothing else.</returns>
        public static Digest Of(ActionKey key, ArtifactPath path) => Digest.OfText($"scalems.of-action/1\n{key.Digest}\n{path}");
    }
}
