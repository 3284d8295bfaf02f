using ScaleMs.Core.Faults;
using ScaleMs.Launchers.Sites;

namespace ScaleMs.Launchers.Tests.Sites;

/// <summary>A folder with sites files in it.</summary>
public sealed class SitesSpace : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("scalems-sites-").FullName;

    public List<Fault> Faults { get; } = [];

    public string Write(string text, string name = SitesFile.Name)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllText(path, text);
        return path;
    }

    public SiteProfiles Read(string text) => SitesFile.Read(Write(text), Faults);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
