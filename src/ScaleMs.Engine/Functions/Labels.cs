using System.Reflection;
using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>
/// Stable names for definitions in user code. Names from source stay; a compiler-made one becomes its stem and a number in order of first
/// visit from the root, so that an unrelated lambda, which shifts the compiler's own ordinals, changes nothing.
/// </summary>
internal sealed class Labels
{
    private readonly Dictionary<TypeId, string> _types = [];
    private readonly Dictionary<MethodId, string> _methods = [];
    private readonly Dictionary<FieldId, string> _fields = [];
    private readonly Dictionary<string, int> _visits = new(StringComparer.Ordinal);

    public string Type(TypeId type)
    {
        if (!_types.TryGetValue(type, out var label))
        {
            var definition = type.Definition;
            var outer = definition.GetDeclaringType();
            var prefix = outer.IsNil ? TopLevel(type, definition) : Type(new TypeId(type.Module, outer)) + "/";
            _types.Add(type, label = Name(prefix, type.Name));
        }

        return label;
    }

    /// <summary>The name of a method with its type, without its signature.</summary>
    public string Method(MethodId method)
    {
        if (!_methods.TryGetValue(method, out var label))
        {
            _methods.Add(method, label = Name(Type(method.Owner) + ".", method.Name));
        }

        return label;
    }

    /// <summary>
    /// The name of a field with its type. The fields of compiler-made types carry names of locals, so they go by position or first visit.
    /// </summary>
    public string Field(FieldId field)
    {
        if (!_fields.TryGetValue(field, out var label))
        {
            var owner = Type(field.Owner) + "::";
            var isStatic = field.Definition.Attributes.HasFlag(FieldAttributes.Static);
            label = !GeneratedName.Is(field.Owner.Name) ? owner + field.Name
                : isStatic ? Numbered(owner + "static")
                : $"{owner}#{Position(field)}";
            _fields.Add(field, label);
        }

        return label;
    }

    private static string TopLevel(TypeId type, TypeDefinition definition)
    {
        var @namespace = type.Module.Reader.GetString(definition.Namespace);
        var assembly = ScriptAssembly.NameOf(type.Module.Name);
        return @namespace.Length == 0 ? $"[{assembly}]" : $"[{assembly}]{@namespace}.";
    }

    private static int Position(FieldId field)
    {
        var position = 0;
        foreach (var handle in field.Owner.Definition.GetFields())
        {
            if (handle == field.Handle)
            {
                break;
            }

            position += field.Module.Reader.GetFieldDefinition(handle).Attributes.HasFlag(FieldAttributes.Static) ? 0 : 1;
        }

        return position;
    }

    private string Name(string prefix, string name) => GeneratedName.Is(name) ? Numbered(prefix + GeneratedName.Stem(name)) : prefix + name;

    private string Numbered(string stem)
    {
        var visit = _visits.GetValueOrDefault(stem) + 1;
        _visits[stem] = visit;
        return $"{stem}~{visit}";
    }
}
