using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>Names as they stand in metadata, for comparing signatures and for sorting: it touches and numbers nothing.</summary>
internal sealed class RawNames : ITypeNames
{
    private static readonly RawNames s_names = new();

    private RawNames()
    {
    }

    public static string Signature(MethodId method) =>
        SignatureText.Method(method.Definition.DecodeSignature(new SignatureText(method.Module, s_names), null));

    public static string Signature(ModuleFile module, MemberReference reference) =>
        SignatureText.Method(reference.DecodeMethodSignature(new SignatureText(module, s_names), null));

    public static string Type(ModuleFile module, EntityHandle handle) => new SignatureText(module, s_names).Type(handle).Text;

    public TypeText Definition(TypeId type)
    {
        var definition = type.Definition;
        var outer = definition.GetDeclaringType();
        var prefix = outer.IsNil
            ? type.Module.Reader.GetString(definition.Namespace) + "."
            : Definition(new TypeId(type.Module, outer)).Text + "/";
        return new TypeText(prefix + GeneratedName.Stem(type.Name));
    }

    public TypeText Reference(ModuleFile module, TypeReferenceHandle handle) => new(FullName(module, handle));

    public void Argument(TypeText argument)
    {
    }

    public static string FullName(ModuleFile module, TypeReferenceHandle handle)
    {
        var reference = module.Reader.GetTypeReference(handle);
        var prefix = reference.ResolutionScope.Kind == HandleKind.TypeReference
            ? FullName(module, (TypeReferenceHandle)reference.ResolutionScope) + "/"
            : module.Reader.GetString(reference.Namespace) + ".";
        return prefix + module.Reader.GetString(reference.Name);
    }
}
