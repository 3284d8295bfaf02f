using System.Reflection;
using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>
/// Reaches what a serialiser calls by reflection: constructors and property accessors of the types in a signature, and of the types of
/// their properties. Arguments and results of a function step travel as JSON, and functions read and write JSON themselves, so these run
/// although no instruction names them.
/// </summary>
internal sealed class JsonSurface(ReachedCode code) : ITypeNames
{
    private readonly HashSet<TypeId> _seen = [];
    private readonly Queue<TypeId> _types = new();

    /// <summary>Reaches from the parameters and the result of a method.</summary>
    public void ReachFrom(MethodId method)
    {
        Mention(method);
        ReachQueued();
    }

    /// <summary>Reaches from the type arguments of a call, where it is a call to the serialiser.</summary>
    public void ReachFrom(ModuleFile module, MethodSpecification call, string method)
    {
        if (method.StartsWith("System.Text.Json.JsonSerializer.", StringComparison.Ordinal))
        {
            call.DecodeSignature(new SignatureText(module, this), null);
            ReachQueued();
        }
    }

    public TypeText Definition(TypeId type)
    {
        if (_seen.Add(type))
        {
            _types.Enqueue(type);
        }

        return code.Names.Definition(type);
    }

    public TypeText Reference(ModuleFile module, TypeReferenceHandle handle) =>
        code.Resolver.Type(module, handle).User is { } user ? Definition(user) : code.Names.Reference(module, handle);

    public void Argument(TypeText argument) => code.Names.Argument(argument);

    private void ReachQueued()
    {
        while (_types.TryDequeue(out var type))
        {
            code.UseAsArgument(type);
            foreach (var member in new TypeLineage(code.Resolver, type).Types)
            {
                ReachMembers(member);
            }
        }
    }

    private void Mention(MethodId method) => method.Definition.DecodeSignature(new SignatureText(method.Module, this), null);

    private void ReachMembers(TypeId type)
    {
        var members = type.Definition.GetMethods()
            .Select(handle => new MethodId(type.Module, handle))
            .Where(IsCalledBySerialiser)
            .OrderBy(method => method.Name + RawNames.Signature(method), StringComparer.Ordinal);
        foreach (var member in members)
        {
            Mention(member);
            code.Reach(member);
        }
    }

    private static bool IsCalledBySerialiser(MethodId method) =>
        !method.Definition.Attributes.HasFlag(MethodAttributes.Static)
        && BodyEncoder.HasBody(method.Definition)
        && (method.Name == ".ctor" || (method.Definition.Attributes.HasFlag(MethodAttributes.SpecialName)
            && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal))));
}
