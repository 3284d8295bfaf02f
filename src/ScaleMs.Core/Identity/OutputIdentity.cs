using ScaleMs.Core.Digests;
using ScaleMs.Core.Keys;
using ScaleMs.Core.Model;
using ScaleMs.Core.Records;

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

    /// <summary>Whether a record has this rule.</summary>
    /// <param name="record">The record of an output.</param>
    /// <returns>False when it was recorded under another one.</returns>
    public virtual bool IsOf(OutputRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.RuleName == Name && record.RuleVersion == Version;
    }

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

    /// <summary>The digest of what a command prints of the file.</summary>
    /// <param name="Filter">The command.</param>
    public sealed record Filtered(FilterCommand Filter) : OutputIdentity
    {
        private const char ByTool = '@';

        /// <inheritdoc/>
        public override string Name => Filter.Name;

        /// <inheritdoc/>
        public override int Version => 1;

        /// <summary>The name under which it is recorded, and enters the keys of readers: another version of the program may print something else.</summary>
        /// <param name="tool">The fingerprint of the program.</param>
        /// <returns>The rule's name with the fingerprint.</returns>
        public string NameBy(ToolFingerprint tool)
        {
            ArgumentNullException.ThrowIfNull(tool);
            return $"{Name}{ByTool}{Digest.OfText(string.Join('\n', tool.Lines.Select(line => $"{line.Key}\t{line.Value}"))).Brief}";
        }

        /// <inheritdoc/>
        public override bool IsOf(OutputRecord record)
        {
            ArgumentNullException.ThrowIfNull(record);
            return record.RuleVersion == Version && record.RuleName.LastIndexOf(ByTool) == Name.Length && record.RuleName.StartsWith(Name, StringComparison.Ordinal);
        }
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
