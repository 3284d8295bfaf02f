using System.IO.Compression;
using System.Xml.Linq;

namespace ScaleMs.Packages.Tests;

/// <summary>What a package file holds.</summary>
internal sealed record Package(string File, XElement Metadata, IReadOnlyList<string> Entries)
{
    // What the format itself asks for.
    private static readonly string[] Format = ["_rels/.rels", "[Content_Types].xml", "package/services/metadata/core-properties/nuget.psmdcp"];

    public string Id => Value("id")!;

    public string Version => Value("version")!;

    /// <summary>Files besides nuspec and README.</summary>
    public IEnumerable<string> Contents => Entries.Except(Format).Where(entry => entry != $"{Id}.nuspec" && entry != "README.md");

    public IEnumerable<string> Assemblies => Entries.Where(entry => entry.EndsWith(".dll", StringComparison.Ordinal));

    public IReadOnlyList<string> Dependencies =>
        [.. Metadata.Descendants().Where(one => one.Name.LocalName == "dependency").Select(one => $"{one.Attribute("id")!.Value} {one.Attribute("version")!.Value}")
            .Order(StringComparer.Ordinal)];

    public static Package Read(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        using var nuspec = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return new Package(file, XDocument.Load(nuspec).Root!.Elements().Single(), [.. archive.Entries.Select(entry => entry.FullName)]);
    }

    public string? Value(string element) => Metadata.Elements().SingleOrDefault(one => one.Name.LocalName == element)?.Value;

    public byte[] Bytes(string entry)
    {
        using var archive = ZipFile.OpenRead(File);
        using var stream = archive.GetEntry(entry)!.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    public override string ToString() => Path.GetFileName(File);
}
