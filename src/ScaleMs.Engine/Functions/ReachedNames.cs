using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>The names that enter the digest; naming a type of user code reaches it, naming a package's type reaches the package.</summary>
internal sealed class ReachedNames(ReachedCode code, Labels labels, MetadataResolver resolver) : ITypeNames
{
    private readonly Dictionary<MethodId, string> _methods = [];

    public TypeText Definition(TypeId type)
    {
        code.Touch(type);
        return new TypeText(labels.Type(type), type);
    }

    public TypeText Reference(ModuleFile module, TypeReferenceHandle handle)
    {
        var target = resolver.Type(module, handle);
        if (target.User is { } user)
        {
            return Definition(user);
        }

        if (target.Origin is AssemblyOrigin.Package package)
        {
            code.Use(package);
        }

        return new TypeText(OriginPrefix(target.Origin) + RawNames.FullName(module, handle));
    }

    public void Argument(TypeText argument)
    {
        if (argument.Definition is { } type)
        {
            code.UseAsArgument(type);
        }
    }

    /// <summary>A method with its type and signature; it does not reach the body.</summary>
    public string Method(MethodId method)
    {
        if (!_methods.TryGetValue(method, out var text))
        {
            var signature = method.Definition.DecodeSignature(new SignatureText(method.Module, this), null);
            _methods.Add(method, text = labels.Method(method) + SignatureText.Method(signature));
        }

        return text;
    }

    // Framework types carry no assembly: which facade a compiler refers to is of no consequence.
    private static string OriginPrefix(AssemblyOrigin? origin) => origin switch
    {
        AssemblyOrigin.Package package => $"[{package.Name}]",
        AssemblyOrigin.User { Module.Name: var name } => $"[missing in {name}]",
        _ => string.Empty,
    };
}
