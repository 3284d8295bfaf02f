using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>A decoded type: its text, and its definition where that is user code.</summary>
internal sealed record TypeText(string Text, TypeId? Definition = null);

/// <summary>Gives names to the types that a signature mentions.</summary>
internal interface ITypeNames
{
    TypeText Definition(TypeId type);

    TypeText Reference(ModuleFile module, TypeReferenceHandle handle);

    /// <summary>Is told of each type that is an argument of a generic type.</summary>
    void Argument(TypeText argument);
}

/// <summary>Decodes signatures of one module to text that holds no token.</summary>
internal sealed class SignatureText(ModuleFile module, ITypeNames names) : ISignatureTypeProvider<TypeText, object?>
{
    public static string Join(ImmutableArray<TypeText> types) => string.Join(',', types.Select(type => type.Text));

    public static string Method(MethodSignature<TypeText> signature)
    {
        var header = signature.Header;
        var convention = header.CallingConvention == SignatureCallingConvention.Default ? string.Empty : $"{header.CallingConvention} ";
        var instance = header.IsInstance ? "instance " : string.Empty;
        var arity = signature.GenericParameterCount > 0 ? $"``{signature.GenericParameterCount}" : string.Empty;
        return $"{arity}({Join(signature.ParameterTypes)}) : {convention}{instance}{signature.ReturnType.Text}";
    }

    public TypeText Type(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => names.Definition(new TypeId(module, (TypeDefinitionHandle)handle)),
        HandleKind.TypeReference => names.Reference(module, (TypeReferenceHandle)handle),
        HandleKind.TypeSpecification => module.Reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null),
        _ => new TypeText(handle.Kind.ToString()),
    };

    public TypeText GetPrimitiveType(PrimitiveTypeCode typeCode) => new(typeCode.ToString());

    public TypeText GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Type(handle);

    public TypeText GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Type(handle);

    public TypeText GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        Type(handle);

    public TypeText GetGenericInstantiation(TypeText genericType, ImmutableArray<TypeText> typeArguments)
    {
        foreach (var argument in typeArguments)
        {
            names.Argument(argument);
        }

        return new TypeText($"{genericType.Text}<{Join(typeArguments)}>", genericType.Definition);
    }

    public TypeText GetArrayType(TypeText elementType, ArrayShape shape) =>
        new($"{elementType.Text}[{shape.Rank}:{string.Join(',', shape.Sizes)}:{string.Join(',', shape.LowerBounds)}]");

    public TypeText GetSZArrayType(TypeText elementType) => new(elementType.Text + "[]");

    public TypeText GetByReferenceType(TypeText elementType) => new(elementType.Text + "&");

    public TypeText GetPointerType(TypeText elementType) => new(elementType.Text + "*");

    public TypeText GetPinnedType(TypeText elementType) => new("pinned " + elementType.Text);

    public TypeText GetModifiedType(TypeText modifier, TypeText unmodifiedType, bool isRequired) =>
        new($"{unmodifiedType.Text} {(isRequired ? "modreq" : "modopt")}({modifier.Text})", unmodifiedType.Definition);

    public TypeText GetFunctionPointerType(MethodSignature<TypeText> signature) => new($"method{Method(signature)}");

    public TypeText GetGenericTypeParameter(object? genericContext, int index) => new($"!{index}");

    public TypeText GetGenericMethodParameter(object? genericContext, int index) => new($"!!{index}");
}
