using System.Reflection;
using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>
/// Reaches what runs although no instruction names it, when all that may run is wanted and not only what decides a result: getters, which
/// arguments and template values are read by, and attributes, which are made when somebody asks for them.
/// </summary>
internal sealed class UnseenCalls(ReachedCode code)
{
    private const string Converter = "JsonConverterAttribute";
    private readonly HashSet<TypeId> _read = [];

    /// <summary>Reaches the attributes of a type and of its properties.</summary>
    public void OfNamed(TypeId type)
    {
        var reader = type.Module.Reader;
        var properties = type.Definition.GetProperties().SelectMany(property => reader.GetPropertyDefinition(property).GetCustomAttributes());
        foreach (var attribute in type.Definition.GetCustomAttributes().Concat(properties))
        {
            Made(type.Module, reader.GetCustomAttribute(attribute).Constructor);
        }
    }

    /// <summary>Reaches the getters of a type that is made, and of its bases.</summary>
    public void OfMade(TypeId type)
    {
        foreach (var method in new TypeLineage(code.Resolver, type).Types.Where(_read.Add).SelectMany(GettersOf).ToList())
        {
            code.Reach(method);
        }
    }

    private static IEnumerable<MethodId> GettersOf(TypeId type) => type.Definition.GetMethods()
        .Select(handle => new MethodId(type.Module, handle))
        .Where(method => method.Definition.Attributes.HasFlag(MethodAttributes.SpecialName) && method.Name.StartsWith("get_", StringComparison.Ordinal) && BodyEncoder.HasBody(method.Definition));

    private void Made(ModuleFile module, EntityHandle constructor)
    {
        if (code.Resolver.Method(module, constructor) is { } ours)
        {
            code.Instantiate(ours.Owner);
            code.Reach(ours);
        }
        else if (constructor.Kind == HandleKind.MemberReference && RawNames.Type(module, module.Reader.GetMemberReference((MemberReferenceHandle)constructor).Parent) is var name && name.EndsWith(Converter, StringComparison.Ordinal))
        {
            code.ReachOutside(name, ".ctor");
        }
    }
}
