using System.Text.Json;

namespace ScaleMs.Engine.Functions;

/// <summary>What the <c>*.deps.json</c> files of a directory say about the assemblies beside them.</summary>
internal sealed class DependencyFacts
{
    private readonly HashSet<string> _package = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _runtime = new(StringComparer.OrdinalIgnoreCase);

    public static DependencyFacts Of(string directory)
    {
        var facts = new DependencyFacts();
        foreach (var file in Directory.EnumerateFiles(directory, "*.deps.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            facts.Read(document.RootElement);
        }

        return facts;
    }

    public bool IsFromPackage(string assembly) => _package.Contains(assembly);

    /// <summary>Whether a self-contained application carries this assembly as its own copy of the framework.</summary>
    public bool IsFromRuntimePack(string assembly) => _runtime.Contains(assembly);

    private void Read(JsonElement root)
    {
        if (!root.TryGetProperty("targets", out var targets) || !root.TryGetProperty("libraries", out var libraries))
        {
            return;
        }

        foreach (var library in targets.EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
        {
            var type = libraries.TryGetProperty(library.Name, out var entry) && entry.TryGetProperty("type", out var text)
                ? text.GetString()
                : null;
            if (SetFor(type) is { } assemblies && library.Value.TryGetProperty("runtime", out var files))
            {
                assemblies.UnionWith(files.EnumerateObject().Select(file => Path.GetFileNameWithoutExtension(file.Name)));
            }
        }
    }

    private HashSet<string>? SetFor(string? libraryType) => libraryType switch
    {
        "package" => _package,
        "runtimepack" => _runtime,
        _ => null,
    };
}
