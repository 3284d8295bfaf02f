using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace ScaleMs.Packages.Tests;

/// <summary>The debug symbols inside an assembly.</summary>
internal sealed class Symbols(byte[] assembly)
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    /// <summary>The paths of the source files, each with whether its text is in the symbols.</summary>
    public IReadOnlyList<(string Path, bool HasText)> Sources => Read(symbols =>
        symbols.Documents.Select(document => (symbols.GetString(symbols.GetDocument(document).Name), HasText(symbols, document))).ToList());

    /// <summary>Whether a text is anywhere in the assembly or its symbols, but in the texts of sources.</summary>
    public bool Mentions(string text) => Holds(assembly, text) || Read(symbols => Holds(Bytes(symbols), text));

    private static bool HasText(MetadataReader symbols, DocumentHandle document) => symbols.GetCustomDebugInformation(document)
        .Any(information => symbols.GetGuid(symbols.GetCustomDebugInformation(information).Kind) == EmbeddedSource);

    private static unsafe byte[] Bytes(MetadataReader symbols) => new ReadOnlySpan<byte>(symbols.MetadataPointer, symbols.MetadataLength).ToArray();

    private static bool Holds(byte[] bytes, string text) =>
        bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;

    private T Read<T>(Func<MetadataReader, T> read)
    {
        using var image = new PEReader(new MemoryStream(assembly));
        var entry = image.ReadDebugDirectory().Single(one => one.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var provider = image.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        return read(provider.GetMetadataReader());
    }
}
