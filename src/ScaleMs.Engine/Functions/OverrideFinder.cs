using System.Reflection;
using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>A virtual method with a body, and the names under which it can be called.</summary>
internal sealed record Override(MethodId Method, IReadOnlyList<string> Slots, int Parameters, bool IsDeclaredOutside);

/// <summary>Lists the virtual methods of a type, its bases and its interfaces as far as they are user code.</summary>
internal sealed class OverrideFinder(MetadataResolver resolver)
{
    private readonly Dictionary<TypeId, List<Found>> _virtuals = [];

    public static int ParameterCount(ModuleFile module, BlobHandle signature)
    {
        var blob = module.Reader.GetBlobReader(signature);
        if (blob.ReadSignatureHeader().IsGeneric)
        {
            blob.ReadCompressedInteger();
        }

        return blob.ReadCompressedInteger();
    }

    public IEnumerable<Override> In(TypeId type)
    {
        var lineage = new TypeLineage(resolver, type);
        return lineage.Types.SelectMany(member => In(member, lineage));
    }

    private IEnumerable<Override> In(TypeId type, TypeLineage lineage) => VirtualsOf(type).Select(found => new Override(
        found.Method,
        found.Slots,
        ParameterCount(type.Module, found.Method.Definition.Signature),
        IsDeclaredOutside(found.Method, found.Declared, lineage)));

    private List<Found> VirtualsOf(TypeId type)
    {
        if (!_virtuals.TryGetValue(type, out var found))
        {
            _virtuals.Add(type, found = FindVirtuals(type));
        }

        return found;
    }

    private static List<Found> FindVirtuals(TypeId type)
    {
        var declarations = Declarations(type);

        // Sorted by what they are, since members may be reordered.
        return type.Definition.GetMethods()
            .Select(handle => new MethodId(type.Module, handle))
            .Where(method => (IsVirtual(method) || declarations.Contains(method.Handle)) && BodyEncoder.HasBody(method.Definition))
            .Select(method => new Found(method, [.. declarations[method.Handle]]))
            .OrderBy(found => found.SortKey(), StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>Explicit implementations: body to declarations.</summary>
    private static ILookup<MethodDefinitionHandle, EntityHandle> Declarations(TypeId type) => type.Definition.GetMethodImplementations()
        .Select(type.Module.Reader.GetMethodImplementation)
        .Where(implementation => implementation.MethodBody.Kind == HandleKind.MethodDefinition)
        .ToLookup(implementation => (MethodDefinitionHandle)implementation.MethodBody, implementation => implementation.MethodDeclaration);

    private static bool IsVirtual(MethodId method) => method.Definition.Attributes.HasFlag(MethodAttributes.Virtual);

    private static string NameOf(ModuleFile module, EntityHandle method) => module.Reader.GetString(
        method.Kind == HandleKind.MethodDefinition
        ? module.Reader.GetMethodDefinition((MethodDefinitionHandle)method).Name
        : module.Reader.GetMemberReference((MemberReferenceHandle)method).Name);

    private static EntityHandle ParentOf(ModuleFile module, EntityHandle method) => method.Kind == HandleKind.MethodDefinition
        ? module.Reader.GetMethodDefinition((MethodDefinitionHandle)method).GetDeclaringType()
        : module.Reader.GetMemberReference((MemberReferenceHandle)method).Parent;

    private bool IsDeclaredOutside(MethodId method, EntityHandle[] declared, TypeLineage lineage)
    {
        if (Array.Exists(declared, declaration => resolver.Type(method.Module, ParentOf(method.Module, declaration)).User is null))
        {
            return true;
        }

        // A new slot may also be what implements an interface of the framework: which members that has is not looked up.
        return method.Definition.Attributes.HasFlag(MethodAttributes.NewSlot)
            ? lineage.HasOutsideInterface && !method.Owner.IsInterface()
            : IsVirtual(method) && !lineage.Declares(method);
    }

    /// <summary>A virtual method and the slots that it names as its own.</summary>
    private sealed record Found(MethodId Method, EntityHandle[] Declared)
    {
        public IReadOnlyList<string> Slots { get; } = [Method.Name, .. Declared.Select(declaration => NameOf(Method.Module, declaration))];

        public string SortKey() => string.Join(
            ' ',
            Declared.Select(declaration => RawNames.Type(Method.Module, ParentOf(Method.Module, declaration)))
                .Prepend(RawNames.Signature(Method))
                .Prepend(GeneratedName.Stem(Method.Name)));
    }
}
