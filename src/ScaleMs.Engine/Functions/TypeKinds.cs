using System.Reflection;
using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>Tells kinds of type definitions apart.</summary>
internal static class TypeKinds
{
    public static bool IsInterface(this TypeId type) => type.Definition.Attributes.HasFlag(TypeAttributes.Interface);

    public static bool IsEnum(this TypeId type) => type.HasBase("Enum");

    public static bool IsStruct(this TypeId type) => type.HasBase("ValueType");

    /// <summary>Whether the order of its fields can be seen: by native code, by pointers, by spans of bytes.</summary>
    public static bool HasFixedLayout(this TypeId type) =>
        (type.Definition.Attributes & TypeAttributes.LayoutMask) != TypeAttributes.AutoLayout;

    private static bool HasBase(this TypeId type, string name)
    {
        var reader = type.Module.Reader;
        return type.Definition.BaseType is { IsNil: false, Kind: HandleKind.TypeReference } handle
            && reader.GetTypeReference((TypeReferenceHandle)handle) is var reference
            && reader.StringComparer.Equals(reference.Name, name)
            && reader.StringComparer.Equals(reference.Namespace, "System");
    }
}
