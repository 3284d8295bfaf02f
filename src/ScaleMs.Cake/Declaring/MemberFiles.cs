namespace ScaleMs;

/// <summary>Handles of members that are single steps.</summary>
public static class MemberFiles
{
    /// <summary>One output of every member, in order: the pieces of a trajectory, or what a reduce reads.</summary>
    /// <typeparam name="TItem">The members' items.</typeparam>
    /// <param name="members">The members.</param>
    /// <param name="path">The output's path in each step's directory.</param>
    /// <returns>The handles.</returns>
    public static IReadOnlyList<Artifact> Files<TItem>(this Members<TItem, Step> members, string path)
    {
        ArgumentNullException.ThrowIfNull(members);
        return [.. members.Select(member => member.Handles.File(path))];
    }
}
