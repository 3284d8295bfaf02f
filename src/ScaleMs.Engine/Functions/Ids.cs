using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>A type of a user assembly, by its definition.</summary>
internal readonly record struct TypeId(ModuleFile Module, TypeDefinitionHandle Handle)
{
    public TypeDefinition Definition => Module.Reader.GetTypeDefinition(Handle);

    public string Name => Module.Reader.GetString(Definition.Name);
}

/// <summary>A method of a user assembly, by its definition.</summary>
internal readonly record struct MethodId(ModuleFile Module, MethodDefinitionHandle Handle)
{
    public MethodDefinition Definition => Module.Reader.GetMethodDefinition(Handle);

    public string Name => Module.Reader.GetString(Definition.Name);

    public TypeId Owner => new(Module, Definition.GetDeclaringType());
}

/// <summary>A field of a user assembly, by its definition.</summary>
internal readonly record struct FieldId(ModuleFile Module, FieldDefinitionHandle Handle)
{
    public FieldDefinition Definition => Module.Reader.GetFieldDefinition(Handle);

    public string Name => Module.Reader.GetString(Definition.Name);

    public TypeId Owner => new(Module, Definition.GetDeclaringType());
}
