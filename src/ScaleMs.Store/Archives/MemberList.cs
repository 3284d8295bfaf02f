using System.Globalization;
using ScaleMs.Core.Digests;
using ScaleMs.Core.Identity;

namespace ScaleMs.Store.Archives;

/// <summary>What counts of an archive's members, in the order of their names.</summary>
internal sealed class MemberList(string format)
{
    private readonly List<Member> _members = [];

    public void Add(string name, string kind, int mode, string target, Digest content) => _members.Add(new Member(
        name, string.Create(CultureInfo.InvariantCulture, $"{name.Length}:{name} {kind} {mode} {target.Length}:{target} {content}\n")));

    /// <summary>The identity; members of one name stay in their order, because the last one is what unpacking leaves.</summary>
    public Digest Finish()
    {
        var digester = ContentIdentity.Bytes.Start();
        digester.Append(System.Text.Encoding.UTF8.GetBytes($"scalems.members/1 {format}\n"));
        foreach (var member in _members.OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            digester.Append(System.Text.Encoding.UTF8.GetBytes(member.Line));
        }

        return digester.Finish();
    }

    private sealed record Member(string Name, string Line);
}
