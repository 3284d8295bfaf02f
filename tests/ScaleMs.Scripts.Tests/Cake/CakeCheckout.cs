using System.Diagnostics;
using System.Reflection;

namespace ScaleMs.Scripts.Tests.Cake;

/// <summary>A folder laid out as build.sh leaves this repository: the module for `dotnet cake`, and copies of workflows with scripts beside it.</summary>
public sealed class CakeCheckout : IDisposable
{
    private static readonly string[] Others = ["Cake.Frosting.dll", "Cake.ScaleMs.Module.dll", "YamlDotNet.dll", "LiteDB.dll"];
    private static readonly string[] References = ["Cake.Frosting.dll", "ScaleMs.Core.dll", "ScaleMs.Cake.dll"];
    private static readonly string[] Made = [".scalems", "bin", "results", "tools"];
    private static readonly string Repository = Find(AppContext.BaseDirectory);
    private readonly string _root = Directory.CreateTempSubdirectory("cake-scripts-").FullName;
    private int _copies;

    /// <summary>Lays out the module.</summary>
    public CakeCheckout()
    {
        var module = Directory.CreateDirectory(Path.Combine(_root, "artifacts", "cake", "tested")).FullName;
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(IsOurs))
        {
            File.Copy(file, Path.Combine(module, Path.GetFileName(file)));
        }

        File.WriteAllLines(Path.Combine(module, "scalems.cake"), References.Select(assembly => $"#r \"{assembly}\""));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>A copy of a workflow of the repository, as it is there, without what it has made.</summary>
    public ScriptedBuild Copy(string workflow) => CopyFolder(Path.Combine(Repository, "workflows", workflow), name => !Made.Contains(name, StringComparer.Ordinal));

    /// <summary>A copy of a build with all that it has made.</summary>
    public ScriptedBuild Copy(ScriptedBuild build) => CopyFolder(build.Folder, _ => true);

    /// <summary>The text of a file of the repository.</summary>
    public static string Text(string path) => File.ReadAllText(Path.Combine(Repository, path));

    /// <summary>The Cake that `dotnet cake` starts.</summary>
    public static ProcessStartInfo Cake { get; } = new("dotnet", [Path.Combine(Metadata("CakeAssemblies"), "Cake.dll")]);

    private ScriptedBuild CopyFolder(string source, Predicate<string> wants)
    {
        var folder = Path.Combine(_root, "workflows", $"{Interlocked.Increment(ref _copies)}");
        foreach (var path in Directory.GetFiles(source, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(source, file)).Where(path => wants(path.Split('/')[0])))
        {
            var copy = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(source, path), copy);
        }

        return new ScriptedBuild(folder);
    }

    private static bool IsOurs(string file) => Path.GetFileName(file) is var name
        && (Others.Contains(name, StringComparer.Ordinal) || (name.StartsWith("ScaleMs.", StringComparison.Ordinal) && !name.Contains(".Tests.", StringComparison.Ordinal)));

    private static string Metadata(string key) => typeof(CakeCheckout).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static string Find(string directory) => File.Exists(Path.Combine(directory, "ScaleMs.sln")) ? directory : Find(Path.GetDirectoryName(directory)!);
}
