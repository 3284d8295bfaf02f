namespace ScaleMs.Frosting.Tests.Surface;

/// <summary>Names of types with their type arguments.</summary>
internal static class TypeNames
{
    public static string Of(Type type) => type switch
    {
        { IsGenericParameter: true } => type.Name,
        { IsGenericType: true } => $"{type.Namespace}.{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>",
        _ => type.FullName ?? type.Name,
    };
}
