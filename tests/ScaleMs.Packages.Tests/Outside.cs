using System.Text.Json;

namespace ScaleMs.Packages.Tests;

/// <summary>
/// A folder outside the repository, with homes and package folders of its own, that can restore from local folders only: our packages, Cake's,
/// and this machine's for everything else.
/// </summary>
internal sealed class Outside : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("scalems-outside-").FullName;
    private readonly Dictionary<string, string?> _environment;
    private readonly string _ours;

    public Outside(PackedRepository repository)
    {
        _ours = repository.Folder;
        _environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DOTNET_CLI_HOME"] = PathOf("home"), ["NUGET_PACKAGES"] = PathOf("packages"), ["MSBUILDDISABLENODEREUSE"] = "1", ["NO_COLOR"] = "1",
            ["DOTNET_NOLOGO"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
        };
        Directory.CreateDirectory(PathOf("own"));
        CakeFeed.Write(PathOf("cake"), repository.StandIn);
        Write("nuget.config", NuGetConfig());
        Sources = $"{_ours};{PathOf("cake")};{PathOf("own")}";
    }

    /// <summary>The folders with our packages, Cake's, and those that tests make here.</summary>
    public string Sources { get; }

    /// <summary>A folder of packages as directives of scripts name it.</summary>
    public string Source(string key) => new Uri(key == "ours" ? _ours : PathOf(key)).AbsoluteUri;

    public string PathOf(string path) => Path.Combine(_root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
    }

    public void Edit(string path, string before, string after)
    {
        var text = File.ReadAllText(PathOf(path));
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf(path), text.Replace(before, after, StringComparison.Ordinal));
    }

    public Task<Command> Run(string folder, string program, params string[] arguments) => Command.Run(PathOf(folder), _environment, program, arguments);

    public async Task<Command> Dotnet(string folder, params string[] arguments) => (await Run(folder, "dotnet", arguments)).Succeeded();

    /// <summary>Runs Cake on a script in a folder with sources of its own.</summary>
    public Task<Command> Cake(string folder, params string[] arguments) => Run(folder, "dotnet", [Path.Combine(Repository.CakeFolder, "Cake.dll"), .. arguments]);

    /// <summary>How many steps a run executed, restored and found up to date, by its summary.</summary>
    public (int Executed, int Restored, int UpToDate) Counts(string summary)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(PathOf(summary)));
        var counts = json.RootElement.GetProperty("counts");
        return (counts.GetProperty("executed").GetInt32(), counts.GetProperty("restored").GetInt32(), counts.GetProperty("upToDate").GetInt32());
    }

    public void Copy(string source, string target)
    {
        foreach (var file in Directory.GetFiles(PathOf(source), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(PathOf(target), Path.GetRelativePath(PathOf(source), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string NuGetConfig() => $"""
        <configuration>
          <packageSources>
            <clear />
            <add key="ours" value="{_ours}" />
            <add key="cake" value="{PathOf("cake")}" />
            <add key="own" value="{PathOf("own")}" />
            <add key="machine" value="{Repository.PackageFolder}" />
          </packageSources>
          <fallbackPackageFolders><clear /></fallbackPackageFolders>
          <packageSourceMapping>
            <packageSource key="ours"><package pattern="ScaleMs.*" /></packageSource>
            <packageSource key="cake"><package pattern="Cake.*" /><package pattern="Spectre.*" /><package pattern="Microsoft.Extensions.DependencyInjection" /></packageSource>
            <packageSource key="own"><package pattern="Acme.*" /></packageSource>
            <packageSource key="machine"><package pattern="*" /></packageSource>
          </packageSourceMapping>
        </configuration>
        """;
}
