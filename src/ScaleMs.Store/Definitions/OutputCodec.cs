using ScaleMs.Core.Model;
using ScaleMs.Store.Snapshots;

namespace ScaleMs.Store.Definitions;

/// <summary>The binary form of an output.</summary>
internal static class OutputCodec
{
    private const string BelowFolder = "/**";

    /// <summary>How the files of a directory are named: patterns that take hidden files look like others.</summary>
    private enum Pattern
    {
        None,
        All,
        Below,
        Written,
    }

    public static void Write(BinarySink sink, Output output)
    {
        sink.Path(output.Path);
        IdentityCodec.Write(sink, output.Identity);
        sink.OptionalPath(output.PublishTo);
        sink.Choice((int)output.Keep);
        sink.Choice((int)output.Store);
        sink.Flag(output.IsOptional);
        WriteFiles(sink, output.Files);
    }

    public static Output Read(BinarySource source) => new(
        source.Path(), IdentityCodec.ReadOutput(source), source.OptionalPath(), (Keep)source.Choice((int)Keep.Never), (StoreAs)source.Choice((int)StoreAs.InPlace))
    {
        IsOptional = source.Flag(),
        Files = ReadFiles(source),
    };

    private static void WriteFiles(BinarySink sink, FilePattern? files)
    {
        var form = files is null ? Pattern.None : files.IsAll ? Pattern.All : IsBelow(files) ? Pattern.Below : Pattern.Written;
        sink.Choice((int)form);
        if (form is Pattern.Below or Pattern.Written)
        {
            sink.AnyText(files!.Text);
        }
    }

    private static FilePattern? ReadFiles(BinarySource source) => (Pattern)source.Choice((int)Pattern.Written) switch
    {
        Pattern.None => null,
        Pattern.All => FilePattern.All,
        Pattern.Below => Below(source.AnyText()) ?? throw PartCodec.Damage("the files of a directory lie in no folder"),
        _ => FilePattern.TryParse(source.AnyText(), out var files, out var problem) ? files : throw PartCodec.Damage($"a pattern {problem}"),
    };

    private static bool IsBelow(FilePattern files) => files == Below(files.Text);

    private static FilePattern? Below(string text) =>
        text.EndsWith(BelowFolder, StringComparison.Ordinal) && ArtifactPath.TryParse(text[..^BelowFolder.Length], out var folder, out _) ? FilePattern.Below(folder) : null;
}
