using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace ScaleMs.Engine.Functions;

/// <summary>
/// Digests one method body, with each token replaced by what it stands for. Names of locals, sequence points and attributes are not read.
/// </summary>
internal sealed class BodyEncoder(ReachedCode code)
{
    // What changes what a call does; who may call, and hints to the JIT, do not.
    private const MethodAttributes Behaviour =
        MethodAttributes.Static | MethodAttributes.Virtual | MethodAttributes.Abstract | MethodAttributes.PinvokeImpl;
    private const MethodImplAttributes JitHints =
        MethodImplAttributes.NoInlining | MethodImplAttributes.AggressiveInlining
        | MethodImplAttributes.NoOptimization | MethodImplAttributes.AggressiveOptimization;

    private const int TwoByteMark = 0xFE;

    private readonly CanonicalWriter _out = new();
    private readonly DoubtfulUse _doubtful = new(code);

    public string Sha256Hex(MethodId method)
    {
        var definition = method.Definition;
        var texts = code.TextsOf(method.Module);
        _out.Number((int)(definition.Attributes & Behaviour)).Number((int)(definition.ImplAttributes & ~JitHints));
        if (definition.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
        {
            Import(method.Module.Reader, definition.GetImport());
        }

        if (HasBody(definition))
        {
            Body(method, texts, method.Module.Image.GetMethodBody(definition.RelativeVirtualAddress));
        }

        return _out.TakeSha256Hex();
    }

    public static bool HasBody(MethodDefinition definition) =>
        definition.RelativeVirtualAddress != 0
        && (definition.ImplAttributes & MethodImplAttributes.CodeTypeMask) == MethodImplAttributes.IL;

    private void Import(MetadataReader reader, MethodImport import) => _out
        .Number((int)import.Attributes)
        .Text(reader.GetString(import.Name))
        .Text(import.Module.IsNil ? string.Empty : reader.GetString(reader.GetModuleReference(import.Module).Name));

    private void Body(MethodId method, MemberTexts texts, MethodBodyBlock body)
    {
        _out.Number(body.LocalVariablesInitialized ? 1 : 0).Text(texts.Locals(body.LocalSignature));
        var il = body.GetILReader();
        _out.Number(il.Length);
        while (il.RemainingBytes > 0)
        {
            Instruction(method, texts, ref il);
        }

        _out.Number(body.ExceptionRegions.Length);
        foreach (var region in body.ExceptionRegions)
        {
            Region(texts, region);
        }
    }

    private void Instruction(MethodId method, MemberTexts texts, ref BlobReader il)
    {
        int first = il.ReadByte();
        var opcode = (ILOpCode)(first == TwoByteMark ? (first << 8) | il.ReadByte() : first);
        _out.Number((int)opcode);
        switch (Operands.SizeOf(opcode))
        {
            case Operands.Token:
                Token(method, texts, opcode, MetadataTokens.Handle(il.ReadInt32()));
                break;
            case Operands.Table:
                var count = il.ReadInt32();
                _out.Number(count);
                Raw(ref il, count * sizeof(int));
                break;
            case var size:
                Raw(ref il, size);
                break;
        }
    }

    private void Raw(ref BlobReader il, int size)
    {
        for (var index = 0; index < size; index++)
        {
            _out.Byte(il.ReadByte());
        }
    }

    private void Token(MethodId method, MemberTexts texts, ILOpCode opcode, Handle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.UserString:
                _out.Text(method.Module.Reader.GetUserString((UserStringHandle)handle));
                break;
            case HandleKind.StandaloneSignature:
                _out.Text(texts.CallSite((StandaloneSignatureHandle)handle));
                break;
            default:
                var mention = texts.Of((EntityHandle)handle);
                _doubtful.Note(method, opcode, (EntityHandle)handle);
                _out.Text(mention.Text);
                Use(opcode, handle.Kind, mention);
                break;
        }
    }

    private void Use(ILOpCode opcode, HandleKind kind, Mention mention)
    {
        if (mention.Type is not { } type)
        {
            return;
        }

        var isType = kind is HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification;
        if (opcode == ILOpCode.Newobj)
        {
            code.Instantiate(type);
        }
        else if (isType && opcode is ILOpCode.Ldtoken or ILOpCode.Constrained)
        {
            code.UseAsArgument(type);
        }
        else if (isType && type.IsEnum())
        {
            code.ReachMembers(type);
        }
    }

    private void Region(MemberTexts texts, ExceptionRegion region)
    {
        _out.Number((int)region.Kind)
            .Number(region.TryOffset).Number(region.TryLength)
            .Number(region.HandlerOffset).Number(region.HandlerLength)
            .Number(region.FilterOffset)
            .Text(region.CatchType.IsNil ? string.Empty : texts.Of(region.CatchType).Text);
    }
}
