using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ScaleMs.Engine.Functions;

/// <summary>Follows references between user assemblies to definitions. It gives no names and marks nothing as reached.</summary>
internal sealed class MetadataResolver(AssemblyPool pool)
{
    private readonly Dictionary<ModuleFile, Dictionary<int, TypeTarget>> _types = [];

    /// <summary>Resolves a TypeDef, TypeRef or the definition behind a TypeSpec.</summary>
    public TypeTarget Type(ModuleFile module, EntityHandle handle)
    {
        if (!_types.TryGetValue(module, out var known))
        {
            _types.Add(module, known = []);
        }

        // A type may be found by way of others of its module.
        var token = MetadataTokens.GetToken(handle);
        return known.TryGetValue(token, out var target) ? target : known[token] = FindType(module, handle);
    }

    /// <summary>Resolves a MethodDef or MemberRef; null when it is not in user code.</summary>
    public MethodId? Method(ModuleFile module, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.MethodDefinition)
        {
            return new MethodId(module, (MethodDefinitionHandle)handle);
        }

        var reference = module.Reader.GetMemberReference((MemberReferenceHandle)handle);
        for (var type = Type(module, reference.Parent).User; type is { } owner; type = Type(owner.Module, owner.Definition.BaseType).User)
        {
            if (FindMethod(owner, module, reference) is { } method)
            {
                return method;
            }
        }

        return null;
    }

    /// <summary>Resolves a FieldDef or MemberRef; null when it is not in user code.</summary>
    public FieldId? Field(ModuleFile module, EntityHandle handle)
    {
        if (handle.Kind == HandleKind.FieldDefinition)
        {
            return new FieldId(module, (FieldDefinitionHandle)handle);
        }

        var reference = module.Reader.GetMemberReference((MemberReferenceHandle)handle);
        var name = module.Reader.GetString(reference.Name);
        for (var type = Type(module, reference.Parent).User; type is { } owner; type = Type(owner.Module, owner.Definition.BaseType).User)
        {
            foreach (var field in owner.Definition.GetFields())
            {
                if (owner.Module.Reader.StringComparer.Equals(owner.Module.Reader.GetFieldDefinition(field).Name, name))
                {
                    return new FieldId(owner.Module, field);
                }
            }
        }

        return null;
    }

    private TypeTarget FindType(ModuleFile module, EntityHandle handle) => handle.IsNil ? TypeTarget.None : handle.Kind switch
    {
        HandleKind.TypeDefinition => new TypeTarget(new TypeId(module, (TypeDefinitionHandle)handle)),
        HandleKind.TypeReference => FindReferenced(module, module.Reader.GetTypeReference((TypeReferenceHandle)handle)),
        HandleKind.TypeSpecification => FindSpecified(module, (TypeSpecificationHandle)handle),
        HandleKind.MethodDefinition => new TypeTarget(new MethodId(module, (MethodDefinitionHandle)handle).Owner),
        _ => TypeTarget.None,
    };

    private TypeTarget FindReferenced(ModuleFile module, TypeReference reference)
    {
        var name = module.Reader.GetString(reference.Name);
        if (reference.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            var outer = Type(module, reference.ResolutionScope);
            return outer.User is { } user && user.Module.FindNested(user.Handle, name) is { } nested
                ? new TypeTarget(new TypeId(user.Module, nested))
                : outer with { User = null };
        }

        var @namespace = module.Reader.GetString(reference.Namespace);
        return reference.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? FindIn(pool.Resolve(module, (AssemblyReferenceHandle)reference.ResolutionScope), @namespace, name)
            : FindIn(new AssemblyOrigin.User(module), @namespace, name);
    }

    private TypeTarget FindIn(AssemblyOrigin origin, string @namespace, string name)
    {
        while (origin is AssemblyOrigin.User { Module: var module })
        {
            if (module.FindType(@namespace, name) is { } handle)
            {
                return new TypeTarget(new TypeId(module, handle));
            }

            if (module.FindForwarder(@namespace, name) is not { } forwarder)
            {
                break;
            }

            origin = pool.Resolve(module, forwarder);
        }

        return new TypeTarget(null, origin);
    }

    private TypeTarget FindSpecified(ModuleFile module, TypeSpecificationHandle handle)
    {
        var blob = module.Reader.GetBlobReader(module.Reader.GetTypeSpecification(handle).Signature);

        // ReadSignatureTypeCode gives one code for CLASS and VALUETYPE and stops before the token.
        return blob.ReadSignatureTypeCode() == SignatureTypeCode.GenericTypeInstance
            && blob.ReadSignatureTypeCode() == SignatureTypeCode.TypeHandle
            ? Type(module, blob.ReadTypeHandle())
            : TypeTarget.None;
    }

    private static MethodId? FindMethod(TypeId owner, ModuleFile module, MemberReference reference)
    {
        var name = module.Reader.GetString(reference.Name);
        var named = new List<MethodId>();
        foreach (var handle in owner.Definition.GetMethods())
        {
            if (owner.Module.Reader.StringComparer.Equals(owner.Module.Reader.GetMethodDefinition(handle).Name, name))
            {
                named.Add(new MethodId(owner.Module, handle));
            }
        }

        if (named.Count < 2)
        {
            return named.Count == 0 ? null : named[0];
        }

        var wanted = RawNames.Signature(module, reference);
        return named.Where(method => RawNames.Signature(method) == wanted).FirstOrDefault();
    }
}
