using ScaleMs.Core.Model;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>The binary form of what a step needs to know of its site: tools and facts.</summary>
internal static class ToolCodec
{
    public static void Write(BinarySink sink, Tool tool)
    {
        sink.AnyText(tool.Name);
        sink.List(tool.Candidates, PartCodec.AnyText);
        switch (tool.Version)
        {
            case ToolVersion.OfBinary:
                sink.Flag(false);
                break;
            case ToolVersion.OfLines lines:
                sink.Flag(true);
                WriteLines(sink, lines);
                break;
            default:
                throw new InvalidOperationException($"A kept declaration has no form for {tool.Version.GetType().Name}: this is a bug in ScaleMs.Store.");
        }
    }

    public static Tool Read(BinarySource source) => new(source.AnyText(), source.Items(PartCodec.AnyText), source.Flag() ? ReadLines(source) : new ToolVersion.OfBinary());

    public static void WriteFacts(BinarySink sink, IReadOnlyList<SiteFact> facts)
    {
        sink.Number((ulong)facts.Count);
        for (var i = 0; i < facts.Count; i++)
        {
            sink.Choice((int)facts[i]);
        }
    }

    /// <summary>By way of numbers: a list of each enumeration would be compiled when a run begins.</summary>
    public static SiteFact[] ReadFacts(BinarySource source)
    {
        var numbers = source.Items(static each => each.Choice((int)SiteFact.ProcessorModel));
        var facts = numbers.Length == 0 ? [] : new SiteFact[numbers.Length];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = (SiteFact)numbers[i];
        }

        return facts;
    }

    private static void WriteLines(BinarySink sink, ToolVersion.OfLines lines)
    {
        sink.List(lines.Arguments, PartCodec.AnyText);
        sink.List(lines.LinePrefixes, PartCodec.AnyText);
        sink.List(lines.Beside, PartCodec.AnyText);
        sink.List(lines.OptionalPrefixes, PartCodec.AnyText);
    }

    private static ToolVersion.OfLines ReadLines(BinarySource source) => new(source.Items(PartCodec.AnyText), source.Items(PartCodec.AnyText))
    {
        Beside = source.Items(PartCodec.AnyText),
        OptionalPrefixes = source.Items(PartCodec.AnyText),
    };
}
