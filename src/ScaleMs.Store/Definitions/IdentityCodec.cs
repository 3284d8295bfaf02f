using ScaleMs.Core.Identity;
using ScaleMs.Store.Archives;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>The binary form of identities: their kind, and the name where that holds the rest. See <see cref="RuleName"/>.</summary>
/// <remarks>A kind is known by its very type or object, never by a name: an author may give a rule of their own any name. A rule made of code has no form.</remarks>
internal static class IdentityCodec
{
    /// <summary>What stands in front of an identity.</summary>
    private enum Kind
    {
        None,
        Bytes,
        Text,
        Table,
        Gzip,
        Tar,
        TarGz,
        Zip,
        Tolerance,
        Filtered,
        Tree,
        Action,
    }

    public static bool Knows(ContentIdentity rule) => KindOf(rule) != Kind.None;

    public static bool Knows(OutputIdentity identity) => KindOf(identity) != Kind.None;

    public static void Write(BinarySink sink, ContentIdentity rule)
    {
        var kind = Known(KindOf(rule), rule.Name);
        sink.Choice((int)kind);
        if (kind is Kind.Text or Kind.Table)
        {
            sink.AnyText(rule.Name);
        }

        if (kind == Kind.Table)
        {
            sink.OptionalText(rule.ShellFilter);
        }
    }

    public static void Write(BinarySink sink, OutputIdentity identity)
    {
        if (identity is OutputIdentity.Canonical canonical)
        {
            Write(sink, canonical.Rule);
            return;
        }

        var kind = Known(KindOf(identity), identity.Name);
        sink.Choice((int)kind);
        if (kind is Kind.Tolerance or Kind.Filtered)
        {
            sink.AnyText(identity.Name);
        }
    }

    public static ContentIdentity ReadContent(BinarySource source)
    {
        var kind = ReadKind(source);
        return Content(kind, source) ?? throw PartCodec.Damage($"{kind} is no identity of a content");
    }

    public static OutputIdentity ReadOutput(BinarySource source)
    {
        var kind = ReadKind(source);
        return kind switch
        {
            Kind.Bytes => OutputIdentity.Bytes,
            Kind.Tolerance => new OutputIdentity.Tolerance(RuleName.Tolerance(source.AnyText())),
            Kind.Filtered => new OutputIdentity.Filtered(RuleName.Filter(source.AnyText())),
            Kind.Tree => OutputIdentity.Listing,
            Kind.Action => new OutputIdentity.OfAction(),
            _ => new OutputIdentity.Canonical(Content(kind, source) ?? throw PartCodec.Damage($"{kind} is no identity of an output")),
        };
    }

    private static Kind ReadKind(BinarySource source) => (Kind)source.Choice((int)Kind.Action);

    private static ContentIdentity? Content(Kind kind, BinarySource source) => kind switch
    {
        Kind.Bytes => ContentIdentity.Bytes,
        Kind.Text => RuleName.Text(source.AnyText()),
        Kind.Table => RuleName.Table(source.AnyText(), source.OptionalText()),
        Kind.Gzip => ArchiveIdentities.Gzip,
        Kind.Tar => ArchiveIdentities.Tar,
        Kind.TarGz => ArchiveIdentities.TarGz,
        Kind.Zip => ArchiveIdentities.Zip,
        _ => null,
    };

    private static Kind KindOf(ContentIdentity rule) =>
        ReferenceEquals(rule, ContentIdentity.Bytes) ? Kind.Bytes
        : rule is TextIdentity ? Kind.Text
        : rule is TableIdentity ? Kind.Table
        : KindOfArchive(rule);

    private static Kind KindOfArchive(ContentIdentity rule) =>
        ReferenceEquals(rule, ArchiveIdentities.Gzip) ? Kind.Gzip
        : ReferenceEquals(rule, ArchiveIdentities.Tar) ? Kind.Tar
        : ReferenceEquals(rule, ArchiveIdentities.TarGz) ? Kind.TarGz
        : ReferenceEquals(rule, ArchiveIdentities.Zip) ? Kind.Zip
        : Kind.None;

    private static Kind KindOf(OutputIdentity identity) => identity switch
    {
        OutputIdentity.Canonical canonical => KindOf(canonical.Rule),
        OutputIdentity.Tolerance => Kind.Tolerance,
        OutputIdentity.Filtered => Kind.Filtered,
        OutputIdentity.OfTree => Kind.Tree,
        OutputIdentity.OfAction => Kind.Action,
        _ => Kind.None,
    };

    private static Kind Known(Kind kind, string name) =>
        kind != Kind.None ? kind : throw new InvalidOperationException($"A kept declaration has no form for the identity '{name}': this is a bug in ScaleMs.Store.");
}
