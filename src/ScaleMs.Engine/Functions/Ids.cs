using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

// Classes, and collections of tokens rather than of handles: a collection of structs is compiled anew at every start.

/// <summary>A type of a user assembly, by its definition.</summary>
internal sealed record TypeId(ModuleFile Module, TypeDefinitionHandle Handle)
{
    public TypeDefinition Definition => Module.Reader.GetTypeDefinition(Handle);

    public string Name => Module.Reader.GetString(Definition.Name);

    public bool Equals(TypeId? other) => other is not null && Module == other.Module && Handle == other.Handle;

    public override int GetHashCode() => Module.GetHashCode() ^ Handle.GetHashCode();
}

/// <summary>A method of a user assembly, by its definition.</summary>
internal sealed record MethodId(ModuleFile Module, MethodDefinitionHandle Handle)
{
    public MethodDefinition Definition => Module.Reader.GetMethodDefinition(Handle);

    public string Name => Module.Reader.GetString(Definition.Name);

    public TypeId Owner => new(Module, Definition.GetDeclaringType());

    public bool Equals(MethodId? other) => other is not null && Module == other.Module && Handle == other.Handle;

    public override int GetHashCode() => Module.GetHashCode() ^ Handle.GetHashCode();
}

/// <summary>A field of a user assembly, by its definition.</summary>
internal sealed record FieldId(ModuleFile Module, FieldDefinitionHandle Handle)
{
    public FieldDefinition Definition => Module.Reader.GetFieldDefinition(Handle);

    public string Name => Module.Reader.GetString(Definition.Name);

    public TypeId Owner => new(Module, Definition.GetDeclaringType());

    public bool Equals(FieldId? other) => other is not null && Module == other.Module && Handle == other.Handle;

    public override int GetHashCode() => Module.GetHashCode() ^ Handle.GetHashCode();
}
