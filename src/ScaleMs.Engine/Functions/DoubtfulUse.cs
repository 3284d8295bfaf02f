using System.Reflection.Metadata;

namespace ScaleMs.Engine.Functions;

/// <summary>Uses of members that are doubtful where they stand, though the members themselves are not.</summary>
internal sealed class DoubtfulUse(ReachedCode code)
{
    private const string HashCode = nameof(GetHashCode);

    /// <summary>Takes note of an instruction's member.</summary>
    /// <param name="user">The method that the instruction is in.</param>
    /// <param name="opcode">The instruction.</param>
    /// <param name="handle">The member.</param>
    public void Note(MethodId user, ILOpCode opcode, EntityHandle handle)
    {
        var member = handle.Kind == HandleKind.MethodSpecification ? user.Module.Reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method : handle;
        if (member.Kind is not (HandleKind.MethodDefinition or HandleKind.MemberReference))
        {
            return;
        }

        if (opcode is ILOpCode.Call or ILOpCode.Callvirt && code.HasPassedOn && code.Resolver.Method(user.Module, member) is { } called && code.IsPassedOn(called))
        {
            code.ReachOutside("function", called.Name);
        }

        // Hash codes differ from process to process; those that only make up another one are seen by nobody.
        if (IsHashCode(user.Module.Reader, member) && !user.Name.EndsWith(HashCode, StringComparison.Ordinal))
        {
            code.ReachOutside("hash code", user.Name);
        }
    }

    private static bool IsHashCode(MetadataReader reader, EntityHandle member) => reader.StringComparer.Equals(
        member.Kind == HandleKind.MethodDefinition ? reader.GetMethodDefinition((MethodDefinitionHandle)member).Name : reader.GetMemberReference((MemberReferenceHandle)member).Name,
        HashCode);
}
