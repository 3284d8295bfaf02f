using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace ScaleMs.Engine.Functions;

/// <summary>One assembly file, read whole: an open handle would keep a build from replacing it.</summary>
internal sealed class ModuleFile : IDisposable
{
    private readonly Lazy<Dictionary<string, int>> _types;

    private ModuleFile(string path, PEReader image)
    {
        Path = path;
        Image = image;
        Reader = image.GetMetadataReader();
        Name = Reader.GetString(Reader.GetAssemblyDefinition().Name);
        _types = new(TopLevelTypes);
    }

    public string Path { get; }

    public string Name { get; }

    public PEReader Image { get; }

    public MetadataReader Reader { get; }

    public Guid Mvid => Reader.GetGuid(Reader.GetModuleDefinition().Mvid);

    public static ModuleFile Open(string path)
    {
        var image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(File.ReadAllBytes(path)));
        try
        {
            return new ModuleFile(path, image);
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    public TypeDefinitionHandle? FindType(string @namespace, string name) =>
        _types.Value.TryGetValue(FullName(@namespace, name), out var row) ? MetadataTokens.TypeDefinitionHandle(row) : null;

    public TypeDefinitionHandle? FindNested(TypeDefinitionHandle outer, string name)
    {
        foreach (var nested in Reader.GetTypeDefinition(outer).GetNestedTypes())
        {
            if (Reader.StringComparer.Equals(Reader.GetTypeDefinition(nested).Name, name))
            {
                return nested;
            }
        }

        return null;
    }

    /// <summary>Where a type that this assembly used to hold lives now; null when it was never here.</summary>
    public AssemblyReferenceHandle? FindForwarder(string @namespace, string name)
    {
        foreach (var handle in Reader.ExportedTypes)
        {
            var type = Reader.GetExportedType(handle);
            if (type.Implementation.Kind == HandleKind.AssemblyReference
                && Reader.StringComparer.Equals(type.Name, name) && Reader.StringComparer.Equals(type.Namespace, @namespace))
            {
                return (AssemblyReferenceHandle)type.Implementation;
            }
        }

        return null;
    }

    public void Dispose() => Image.Dispose();

    /// <summary>No name in metadata holds the character between the two.</summary>
    private static string FullName(string @namespace, string name) => $"{@namespace}\0{name}";

    /// <summary>The rows of the types that are in no other.</summary>
    private Dictionary<string, int> TopLevelTypes()
    {
        var types = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var handle in Reader.TypeDefinitions)
        {
            var type = Reader.GetTypeDefinition(handle);
            if (type.GetDeclaringType().IsNil)
            {
                types[FullName(Reader.GetString(type.Namespace), Reader.GetString(type.Name))] = MetadataTokens.GetRowNumber(handle);
            }
        }

        return types;
    }
}
