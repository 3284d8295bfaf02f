using ScaleMs.Core.Model;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>The binary form of inputs and templates.</summary>
internal static class InputCodec
{
    public static void Write(BinarySink sink, Input input)
    {
        sink.Path(input.Name);
        WriteSource(sink, input.Source);
        IdentityCodec.Write(sink, input.Identity);
        sink.Flag(input.AsBytes);
        sink.Flag(input.IsWritable);
    }

    public static Input Read(BinarySource source) => new(source.Path(), ReadSource(source), IdentityCodec.ReadContent(source), source.Flag(), source.Flag());

    public static void WriteTemplate(BinarySink sink, Template template)
    {
        sink.Path(template.Name);
        sink.AnyText(template.Source.Path);
        sink.List(template.Values, PartCodec.Pair);
        sink.Flag(template.Form is not null);
        if (template.Form is { } form)
        {
            IdentityCodec.Write(sink, form);
        }
    }

    public static Template ReadTemplate(BinarySource source) => new(
        source.Path(), new InputSource.SourceFile(source.AnyText()), source.Items(PartCodec.Pair), source.Flag() ? IdentityCodec.ReadContent(source) : null);

    private static void WriteSource(BinarySink sink, InputSource from)
    {
        switch (from)
        {
            case InputSource.SourceFile file:
                sink.Flag(false);
                sink.AnyText(file.Path);
                break;
            case InputSource.StepOutput made:
                sink.Flag(true);
                sink.Step(made.Step);
                sink.Path(made.Output);
                break;
            default:
                throw new InvalidOperationException($"A kept declaration has no form for {from.GetType().Name}: this is a bug in ScaleMs.Store.");
        }
    }

    private static InputSource ReadSource(BinarySource source) =>
        source.Flag() ? new InputSource.StepOutput(source.Step(), source.Path()) : new InputSource.SourceFile(source.AnyText());
}
