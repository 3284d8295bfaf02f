using System.Reflection;
using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>A type of user code with its base types and interfaces, as far as they are user code too.</summary>
internal sealed class TypeLineage
{
    private readonly MetadataResolver _resolver;
    private readonly List<TypeId> _types = [];

    public TypeLineage(MetadataResolver resolver, TypeId type)
    {
        _resolver = resolver;
        for (TypeId? step = type; step is { } current; step = resolver.Type(current.Module, current.Definition.BaseType).User)
        {
            _types.Add(current);
        }

        // The list grows while it is read: interfaces have interfaces.
        for (var index = 0; index < _types.Count; index++)
        {
            AddInterfaces(_types[index]);
        }
    }

    /// <summary>The type, its bases upwards, then interfaces.</summary>
    public IReadOnlyList<TypeId> Types => _types;

    /// <summary>Whether some interface is not user code.</summary>
    public bool HasOutsideInterface { get; private set; }

    /// <summary>
    /// Whether user code introduced the slot that a method overrides. When in doubt it did not, and the override counts as reached.
    /// </summary>
    public bool Declares(MethodId method)
    {
        var reader = method.Module.Reader;
        var (name, signature) = (method.Name, reader.GetBlobContent(method.Definition.Signature));

        // Signatures are compared as bytes, which means nothing across modules, where tokens differ.
        return _types.Where(type => type.Module == method.Module).SelectMany(type => type.Definition.GetMethods())
            .Select(reader.GetMethodDefinition)
            .Any(other => other.Attributes.HasFlag(MethodAttributes.Virtual | MethodAttributes.NewSlot)
                && reader.StringComparer.Equals(other.Name, name)
                && reader.GetBlobContent(other.Signature).SequenceEqual(signature));
    }

    /// <summary>The interfaces that a type itself names, sorted by name: their order means nothing to the runtime.</summary>
    public static IEnumerable<EntityHandle> InterfacesOf(TypeId type) => type.Definition.GetInterfaceImplementations()
        .Select(handle => type.Module.Reader.GetInterfaceImplementation(handle).Interface)
        .OrderBy(handle => RawNames.Type(type.Module, handle), StringComparer.Ordinal);

    private void AddInterfaces(TypeId type)
    {
        foreach (var handle in InterfacesOf(type))
        {
            var target = _resolver.Type(type.Module, handle);
            HasOutsideInterface |= target.User is null;
            if (target.User is { } user && !_types.Contains(user))
            {
                _types.Add(user);
            }
        }
    }
}
