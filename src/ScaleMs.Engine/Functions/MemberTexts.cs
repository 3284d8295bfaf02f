using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ScaleMs.Engine.Functions;

/// <summary>
/// What a token of an instruction stands for: its text, and its type (of a member: the type that declares it) where that is user code.
/// </summary>
internal sealed record Mention(string Text, TypeId? Type);

/// <summary>Turns the tokens of one module into text, and reaches what they stand for.</summary>
internal sealed class MemberTexts(ModuleFile module, ReachedCode code)
{
    private readonly Dictionary<int, Mention> _mentions = [];
    private readonly SignatureText _signatures = new(module, code.Names);

    public Mention Of(EntityHandle handle)
    {
        var token = MetadataTokens.GetToken(handle);
        if (!_mentions.TryGetValue(token, out var mention))
        {
            _mentions.Add(token, mention = Describe(handle));
        }

        return mention;
    }

    public string Locals(StandaloneSignatureHandle handle) => handle.IsNil
        ? string.Empty
        : SignatureText.Join(module.Reader.GetStandaloneSignature(handle).DecodeLocalSignature(_signatures, null));

    public string CallSite(StandaloneSignatureHandle handle) =>
        SignatureText.Method(module.Reader.GetStandaloneSignature(handle).DecodeMethodSignature(_signatures, null));

    private Mention Describe(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.MethodDefinition => Method(new MethodId(module, (MethodDefinitionHandle)handle)),
        HandleKind.FieldDefinition => Field(new FieldId(module, (FieldDefinitionHandle)handle)),
        HandleKind.MethodSpecification => Instantiation(module.Reader.GetMethodSpecification((MethodSpecificationHandle)handle)),
        HandleKind.MemberReference => Reference((MemberReferenceHandle)handle),
        _ => Type(handle),
    };

    private Mention Type(EntityHandle handle)
    {
        var text = _signatures.Type(handle);
        return new Mention(text.Text, text.Definition);
    }

    private Mention Method(MethodId method)
    {
        code.Reach(method);
        return new Mention(code.Names.Method(method), method.Owner);
    }

    private Mention Field(FieldId field)
    {
        var definition = field.Definition;
        code.Touch(field.Owner);
        if (definition.Attributes.HasFlag(FieldAttributes.Static))
        {
            code.ReachInitialiser(field.Owner);
        }

        var type = definition.DecodeSignature(new SignatureText(field.Module, code.Names), null).Text;
        var content = definition.Attributes.HasFlag(FieldAttributes.HasFieldRVA) ? $" = {FieldContent.Sha256Hex(field)}" : string.Empty;
        return new Mention($"{code.Labels.Field(field)} : {type}{content}", field.Owner);
    }

    private Mention Instantiation(MethodSpecification specification)
    {
        var method = Of(specification.Method);
        var arguments = specification.DecodeSignature(_signatures, null);
        foreach (var argument in arguments)
        {
            code.Names.Argument(argument);
        }

        code.Surface.ReachFrom(module, specification, method.Text);
        return method with { Text = $"{method.Text} with <{SignatureText.Join(arguments)}>" };
    }

    private Mention Reference(MemberReferenceHandle handle)
    {
        var reference = module.Reader.GetMemberReference(handle);
        var isField = reference.GetKind() == MemberReferenceKind.Field;
        var mention = isField
            ? code.Resolver.Field(module, handle) is { } field ? Field(field) : null
            : code.Resolver.Method(module, handle) is { } method ? Method(method) : null;
        return mention is { } user
            ? user with { Text = $"{user.Text} of {Parent(reference)}" }
            : new Mention(External(reference, isField), code.Resolver.Type(module, reference.Parent).User);
    }

    // Says with which type arguments the member is used: 'Box<Int32>' and 'Box<Double>' share one definition.
    private string Parent(MemberReference reference) => _signatures.Type(reference.Parent).Text;

    private string External(MemberReference reference, bool isField)
    {
        code.ReachOutside(RawNames.Type(module, reference.Parent).Split('<', '[')[0], module.Reader.GetString(reference.Name));
        var signature = isField
            ? " : " + reference.DecodeFieldSignature(_signatures, null).Text
            : SignatureText.Method(reference.DecodeMethodSignature(_signatures, null));
        return $"{Parent(reference)}.{module.Reader.GetString(reference.Name)}{signature}";
    }
}
