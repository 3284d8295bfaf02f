using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>The assemblies around one function: opens user code, names packages, knows the framework. It does not know methods.</summary>
internal sealed class AssemblyPool : IDisposable
{
    private static readonly string s_runtimeDirectory = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? string.Empty;

    private readonly string _directory;
    private readonly Func<string, bool> _isUser;
    private readonly Dictionary<string, AssemblyOrigin> _origins = new(StringComparer.Ordinal);
    private readonly Lazy<DependencyFacts> _facts;

    public AssemblyPool(string rootPath, Func<string, bool> isUser)
    {
        _directory = Path.GetDirectoryName(rootPath)!;
        _isUser = isUser;
        _facts = new(() => DependencyFacts.Of(_directory));
        Root = ModuleFile.Open(rootPath);
        _origins.Add(Root.Name, new AssemblyOrigin.User(Root));
    }

    public ModuleFile Root { get; }

    public AssemblyOrigin Resolve(ModuleFile from, AssemblyReferenceHandle handle)
    {
        var reference = from.Reader.GetAssemblyReference(handle);
        var name = from.Reader.GetString(reference.Name);
        if (!_origins.TryGetValue(name, out var origin))
        {
            _origins.Add(name, origin = Find(name, reference.Version));
        }

        return origin;
    }

    /// <summary>Every assembly that user code refers to, directly or through other user code; the root included.</summary>
    public IEnumerable<AssemblyOrigin> Closure()
    {
        var seen = new HashSet<AssemblyOrigin>();
        var queue = new Queue<AssemblyOrigin>([new AssemblyOrigin.User(Root)]);
        while (queue.TryDequeue(out var origin))
        {
            if (!seen.Add(origin))
            {
                continue;
            }

            yield return origin;
            if (origin is AssemblyOrigin.User user)
            {
                foreach (var handle in user.Module.Reader.AssemblyReferences)
                {
                    queue.Enqueue(Resolve(user.Module, handle));
                }
            }
        }
    }

    /// <summary>The user assemblies that were opened by now, with the ids of their builds.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Builds() => [.. _origins.Values.OfType<AssemblyOrigin.User>()
        .OrderBy(user => user.Module.Name, StringComparer.Ordinal)
        .Select(user => KeyValuePair.Create(user.Module.Name, user.Module.Mvid.ToString()))];

    public void Dispose()
    {
        foreach (var user in _origins.Values.OfType<AssemblyOrigin.User>())
        {
            user.Module.Dispose();
        }
    }

    private AssemblyOrigin Find(string name, Version referenced)
    {
        var path = Path.Combine(_directory, name + ".dll");
        if (IsFramework(name))
        {
            return new AssemblyOrigin.Framework();
        }

        // A package outside this directory is known only by the version that was compiled against.
        return !File.Exists(path) ? new AssemblyOrigin.Package(name, $"{referenced} (as referenced)")
            : _isUser(path) ? new AssemblyOrigin.User(ModuleFile.Open(path))
            : new AssemblyOrigin.Package(name, PackageVersion.Of(path));
    }

    // In a self-contained application framework, packages and user code share one directory: only its deps.json tells them apart.
    private bool IsFramework(string name) => _directory == s_runtimeDirectory
        ? _facts.Value.IsFromRuntimePack(name)
        : File.Exists(Path.Combine(s_runtimeDirectory, name + ".dll"));
}
