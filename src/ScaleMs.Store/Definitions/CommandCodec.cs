using ScaleMs.Core.Model;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>The binary form of a command.</summary>
internal static class CommandCodec
{
    public static void Write(BinarySink sink, Command command)
    {
        sink.AnyText(command.Program);
        sink.List(command.Arguments, PartCodec.AnyText);
        sink.OptionalText(command.StandardInput);
        sink.OptionalPath(command.StandardOutput);
        sink.OptionalPath(command.StandardError);
        sink.OptionalPath(command.StandardInputFile);
        sink.Flag(command.Through is not null);
        if (command.Through is { } starter)
        {
            sink.AnyText(starter.Program);
            sink.List(starter.Arguments, PartCodec.AnyText);
        }
    }

    public static Command Read(BinarySource source) => new(source.AnyText(), source.Items(PartCodec.AnyText), source.OptionalText(), source.OptionalPath())
    {
        StandardError = source.OptionalPath(),
        StandardInputFile = source.OptionalPath(),
        Through = source.Flag() ? new Starter(source.AnyText(), source.Items(PartCodec.AnyText)) : null,
    };
}
