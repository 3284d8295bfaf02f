using System.Reflection;
using System.Reflection.Metadata;

namespace ScaleMs.Architecture.Tests;

/// <summary>The members that an assembly's users see and its authors wrote, as documentation files name them, without parameters.</summary>
internal sealed class PublicMembers(AssemblyFile assembly)
{
    private const string CompilerGenerated = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";

    private static readonly string[] AccessorPrefixes = ["get_", "set_", "add_", "remove_"];

    /// <summary>Names such as <c>M:ScaleMs.Step.Run</c>; overloads come several times.</summary>
    public IEnumerable<string> Names => assembly.Types.Where(IsVisible).SelectMany(OfType);

    private IEnumerable<string> OfType(TypeDefinition type)
    {
        var name = assembly.NameOf(type);
        yield return $"T:{name}";
        if (assembly.BaseOf(type) == "System.MulticastDelegate")
        {
            yield break;
        }

        foreach (var member in Methods(type).Concat(Properties(type)).Concat(Fields(type)).Concat(Events(type)))
        {
            yield return $"{member.Kind}:{name}.{member.Name}";
        }
    }

    private IEnumerable<(char Kind, string Name)> Methods(TypeDefinition type)
    {
        var visible = type.GetMethods().Select(assembly.Metadata.GetMethodDefinition).Where(method => IsVisible(method.Attributes));
        foreach (var method in visible)
        {
            var name = assembly.Text(method.Name);
            var isSpecial = method.Attributes.HasFlag(MethodAttributes.SpecialName);
            var isAccessor = isSpecial && AccessorPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
            // A constructor without parameters may be the compiler's own.
            var isDefault = name == ".ctor" && method.GetParameters().Count == 0;
            if (!isAccessor && !isDefault && !assembly.HasAttribute(method.GetCustomAttributes(), CompilerGenerated))
            {
                var arity = method.GetGenericParameters().Count;
                yield return ('M', name.Replace('.', '#') + (arity > 0 ? $"``{arity}" : string.Empty));
            }
        }
    }

    private IEnumerable<(char Kind, string Name)> Properties(TypeDefinition type) => type.GetProperties()
        .Select(assembly.Metadata.GetPropertyDefinition)
        .Where(property => IsVisible(property.GetAccessors().Getter) || IsVisible(property.GetAccessors().Setter))
        .Select(property => assembly.Text(property.Name))
        .Where(name => name != "EqualityContract")
        .Select(name => ('P', name));

    private IEnumerable<(char Kind, string Name)> Fields(TypeDefinition type) => type.GetFields()
        .Select(assembly.Metadata.GetFieldDefinition)
        .Where(field => !field.Attributes.HasFlag(FieldAttributes.SpecialName))
        .Where(field => IsVisible((MethodAttributes)(field.Attributes & FieldAttributes.FieldAccessMask)))
        .Select(field => ('F', assembly.Text(field.Name)));

    private IEnumerable<(char Kind, string Name)> Events(TypeDefinition type) => type.GetEvents()
        .Select(assembly.Metadata.GetEventDefinition)
        .Where(one => IsVisible(one.GetAccessors().Adder))
        .Select(one => ('E', assembly.Text(one.Name)));

    private bool IsVisible(TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsVisible(assembly.Metadata.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private bool IsVisible(MethodDefinitionHandle method) =>
        !method.IsNil && IsVisible(assembly.Metadata.GetMethodDefinition(method).Attributes);

    /// <summary>Public, or for derived classes of others.</summary>
    private static bool IsVisible(MethodAttributes attributes) => (attributes & MethodAttributes.MemberAccessMask)
        is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;
}
