using ScaleMs.Core.Model;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>The binary form of a success rule; most steps have the usual one.</summary>
internal static class SuccessCodec
{
    public static void Write(BinarySink sink, SuccessRule rule)
    {
        sink.Flag(!ReferenceEquals(rule, SuccessRule.Default));
        if (!ReferenceEquals(rule, SuccessRule.Default))
        {
            sink.List(rule.AllowedExitCodes, PartCodec.Whole);
            sink.List(rule.Conditions, WriteCondition);
        }
    }

    public static SuccessRule Read(BinarySource source) =>
        source.Flag() ? new SuccessRule(source.Items(PartCodec.Whole), source.Items(ReadCondition)) : SuccessRule.Default;

    private static void WriteCondition(BinarySink sink, SuccessCondition condition)
    {
        sink.Choice((int)condition.Kind);
        sink.OptionalPath(condition.Path);
        sink.AnyText(condition.Pattern);
        sink.AnyText(condition.Otherwise);
    }

    private static SuccessCondition ReadCondition(BinarySource source) =>
        new((SuccessKind)source.Choice((int)SuccessKind.TextDoesNotMatch), source.OptionalPath(), source.AnyText(), source.AnyText());
}
