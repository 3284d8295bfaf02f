using System.IO.Compression;
using System.Text;

namespace ScaleMs.Frosting.Tests.Tools;

/// <summary>A folder of packages, the only source that a host started beside its settings file knows.</summary>
internal sealed class LocalFeed
{
    private const string Settings = "<configuration><packageSources><clear /><add key=\"local\" value=\"{0}\" /></packageSources></configuration>";

    /// <summary>Makes the folder in a workspace, which then has no other source.</summary>
    public LocalFeed(string workspace)
    {
        Folder = Directory.CreateDirectory(Path.Combine(workspace, "feed")).FullName;
        File.WriteAllText(Path.Combine(workspace, "NuGet.config"), Settings.Replace("{0}", Folder, StringComparison.Ordinal));
    }

    public string Folder { get; }

    /// <summary>Adds a package.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="type">What kind of package it is; none when it is an ordinary one.</param>
    /// <param name="files">Its files.</param>
    public void Add(string id, string? type, params (string Path, byte[] Content)[] files)
    {
        using var package = ZipFile.Open(Path.Combine(Folder, $"{id}.1.0.0.nupkg"), ZipArchiveMode.Create);
        foreach (var (path, content) in files.Prepend(($"{id}.nuspec", Encoding.UTF8.GetBytes(Description(id, type)))))
        {
            using var entry = package.CreateEntry(path).Open();
            entry.Write(content);
        }
    }

    private static string Description(string id, string? type) =>
        "<package xmlns=\"http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd\"><metadata>" +
        $"<id>{id}</id><version>1.0.0</version><authors>tests</authors><description>For a test.</description>" +
        (type is null ? "" : $"<packageTypes><packageType name=\"{type}\" /></packageTypes>") +
        "</metadata></package>";
}
