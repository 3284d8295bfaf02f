using System.Reflection;

namespace ScaleMs.Frosting.Tests.Surface;

/// <summary>Lists what source and binaries can rely on in an assembly: one line for each public type and for each member that it declares.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(Assembly assembly) =>
        [.. assembly.GetExportedTypes().SelectMany(Lines).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type) =>
        type.GetMembers(Declared).Select(Line).OfType<string>().Select(line => $"{TypeNames.Of(type)} :: {line}").Prepend(Head(type));

    private static string Head(Type type) => string.Join(' ', new[]
    {
        $"{TypeNames.Of(type)} ::", Kind(type), $"base {(type.BaseType is null ? "none" : TypeNames.Of(type.BaseType))}",
        $"interfaces [{string.Join(", ", Interfaces(type))}]", Constraints(type.GetGenericArguments()), Usage(type),
    }.Where(part => part.Length > 0));

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    /// <summary>Those that others can name; the list of a type holds the inherited ones too.</summary>
    private static IEnumerable<string> Interfaces(Type type) => type.GetInterfaces().Where(face => face.IsVisible).Select(TypeNames.Of).Order(StringComparer.Ordinal);

    private static string Usage(Type type) => type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false) is { } usage
        ? $"on {usage.ValidOn}, {(usage.AllowMultiple ? "several" : "one")}, {(usage.Inherited ? "inherited" : "own")}"
        : string.Empty;

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo constructor when IsVisible(constructor) => $"{Access(constructor)} constructor({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) =>
            $"{Access(method)} {Dispatch(method)}{TypeNames.Of(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)}) {Constraints(method.GetGenericArguments())}".TrimEnd(),
        PropertyInfo property when property.GetAccessors().Length > 0 =>
            $"{Dispatch(property.GetAccessors()[0])}{TypeNames.Of(property.PropertyType)} {property.Name} {{{(property.CanRead ? " get" : "")}{(property.CanWrite ? " set" : "")} }}",
        FieldInfo { IsPublic: true } field => $"field {TypeNames.Of(field.FieldType)} {field.Name}",
        EventInfo happening => $"event {happening.Name}",
        _ => null,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || (method.IsFamily && !method.DeclaringType!.IsSealed);

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Dispatch(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => string.Empty,
    };

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : string.Empty;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(IsExtension(method) && parameter.Position == 0 ? "this " : "")}{TypeNames.Of(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.RawDefaultValue}" : "")}"));

    private static bool IsExtension(MethodBase method) => method.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute));

    private static string Constraints(IEnumerable<Type> arguments) =>
        string.Join(' ', arguments.Select(argument => (argument.Name, Text: Constraint(argument))).Where(pair => pair.Text.Length > 0).Select(pair => $"where {pair.Name}: {pair.Text}"));

    private static string Constraint(Type argument) => string.Join(", ", ((IEnumerable<string>)
    [
        argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint) ? "class" : "",
        .. argument.GetGenericParameterConstraints().Select(TypeNames.Of),
        argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) ? "new()" : "",
    ]).Where(part => part.Length > 0));
}
