using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ScaleMs.Engine.Functions;

/// <summary>Names and reaches the type arguments with which a generic function was chosen as a step.</summary>
internal sealed class TypeArguments(AssemblyPool pool, ReachedCode code)
{
    public string Text(IEnumerable<Type> types) => string.Join(',', types.Select(Text));

    private string Text(Type type)
    {
        if (type.IsGenericParameter)
        {
            return $"!{type.GenericParameterPosition}";
        }

        if (type.HasElementType)
        {
            return $"{Text(type.GetElementType()!)}[{(type.IsArray ? type.GetArrayRank() : 0)}]";
        }

        var arguments = type.IsGenericType ? $"<{Text(type.GetGenericArguments())}>" : string.Empty;
        return Name(type) + arguments;
    }

    private string Name(Type type)
    {
        if (Find(type) is not { } user)
        {
            return $"{type.Namespace}.{type.Name}";
        }

        code.UseAsArgument(user);
        return code.Labels.Type(user);
    }

    private TypeId? Find(Type type) => pool.Closure()
        .OfType<AssemblyOrigin.User>()
        .Where(user => user.Module.Mvid == type.Module.ModuleVersionId)
        .Select(user => new TypeId(user.Module, (TypeDefinitionHandle)MetadataTokens.EntityHandle(type.MetadataToken)))
        .FirstOrDefault();
}
