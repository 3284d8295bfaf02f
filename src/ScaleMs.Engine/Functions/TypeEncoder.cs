using System.Reflection;
using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>Digests what a reached type is apart from its code: base, interfaces, instance fields; of an enum also its members.</summary>
internal sealed class TypeEncoder(ReachedCode code)
{
    private readonly CanonicalWriter _out = new();

    public string LayoutSha256Hex(TypeId type)
    {
        var definition = type.Definition;
        var names = new SignatureText(type.Module, code.Names);
        var layout = definition.GetLayout();
        _out.Number((int)(definition.Attributes & (TypeAttributes.LayoutMask | TypeAttributes.Interface)))
            .Number(layout.PackingSize).Number(layout.Size)
            .Number(definition.GetGenericParameters().Count)
            .Text(definition.BaseType.IsNil ? string.Empty : names.Type(definition.BaseType).Text);
        Interfaces(type, names);
        foreach (var field in InstanceFields(type))
        {
            var fieldType = field.Definition.DecodeSignature(names, null).Text;
            _out.Text(code.Labels.Field(field)).Text(fieldType).Number(field.Definition.GetOffset());
        }

        return _out.TakeSha256Hex();
    }

    /// <summary>Digests names and values: boxed, formatted or parsed, an enum shows them.</summary>
    public string MembersSha256Hex(TypeId type)
    {
        var reader = type.Module.Reader;
        var members = Fields(type)
            .Where(field => field.Definition.Attributes.HasFlag(FieldAttributes.Literal))
            .OrderBy(field => field.Name, StringComparer.Ordinal);
        foreach (var member in members)
        {
            var constant = reader.GetConstant(member.Definition.GetDefaultValue());
            _out.Text(member.Name).Bytes(reader.GetBlobBytes(constant.Value));
        }

        return _out.TakeSha256Hex();
    }

    private void Interfaces(TypeId type, SignatureText names)
    {
        var texts = TypeLineage.InterfacesOf(type).Select(handle => names.Type(handle).Text).ToList();
        _out.Number(texts.Count);
        texts.ForEach(text => _out.Text(text));
    }

    // Members of a class may be moved about freely; those of a struct, and of what the compiler made (it names no field stably), may not.
    private static IEnumerable<FieldId> InstanceFields(TypeId type)
    {
        var fields = Fields(type).Where(field => !field.Definition.Attributes.HasFlag(FieldAttributes.Static));
        return type.HasFixedLayout() || GeneratedName.Is(type.Name) ? fields : fields.OrderBy(field => field.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<FieldId> Fields(TypeId type) =>
        type.Definition.GetFields().Select(handle => new FieldId(type.Module, handle));
}
