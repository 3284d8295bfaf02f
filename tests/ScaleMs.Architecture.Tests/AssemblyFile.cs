using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ScaleMs.Architecture.Tests;

/// <summary>What an assembly's metadata says; the assembly is never loaded.</summary>
internal sealed class AssemblyFile : IDisposable
{
    private readonly PEReader _file;

    public AssemblyFile(string path)
    {
        Path = path;
        _file = new PEReader(File.OpenRead(path));
        Metadata = _file.GetMetadataReader();
    }

    public string Path { get; }

    public MetadataReader Metadata { get; }

    /// <summary>Simple names of the assemblies it refers to.</summary>
    public IReadOnlyList<string> References =>
        [.. Metadata.AssemblyReferences.Select(handle => Text(Metadata.GetAssemblyReference(handle).Name)).Order(StringComparer.Ordinal)];

    /// <summary>Full names of the types of other assemblies that it uses.</summary>
    public IEnumerable<string> TypesUsed => Metadata.TypeReferences.Select(handle => NameOf(handle));

    /// <summary>Members of other assemblies that it uses, as <c>Namespace.Type.Member</c>.</summary>
    public IEnumerable<string> MembersUsed => Metadata.MemberReferences.Select(Metadata.GetMemberReference)
        .Where(member => member.Parent.Kind == HandleKind.TypeReference)
        .Select(member => $"{NameOf((TypeReferenceHandle)member.Parent)}.{Text(member.Name)}");

    public IEnumerable<TypeDefinition> Types => Metadata.TypeDefinitions.Select(Metadata.GetTypeDefinition);

    /// <summary>A type's name as documentation files write it.</summary>
    public string NameOf(TypeDefinition type)
    {
        var outer = type.GetDeclaringType();
        var name = Text(type.Name);
        return outer.IsNil ? Qualified(type.Namespace, name) : $"{NameOf(Metadata.GetTypeDefinition(outer))}.{name}";
    }

    /// <summary>The full name of a type's base type; empty for none, and for a generic one.</summary>
    public string BaseOf(TypeDefinition type) => type.BaseType.Kind == HandleKind.TypeReference && !type.BaseType.IsNil
        ? NameOf((TypeReferenceHandle)type.BaseType)
        : string.Empty;

    public bool HasAttribute(CustomAttributeHandleCollection attributes, string name) =>
        attributes.Any(handle => Metadata.GetCustomAttribute(handle).Constructor is { Kind: HandleKind.MemberReference } constructor &&
            Metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type &&
            NameOf((TypeReferenceHandle)type) == name);

    public string Text(StringHandle handle) => Metadata.GetString(handle);

    public void Dispose() => _file.Dispose();

    private string NameOf(TypeReferenceHandle handle)
    {
        var type = Metadata.GetTypeReference(handle);
        var name = Text(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference ? $"{NameOf((TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : Qualified(type.Namespace, name);
    }

    private string Qualified(StringHandle space, string name) => space.IsNil ? name : $"{Text(space)}.{name}";
}
