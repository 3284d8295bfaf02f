namespace ScaleMs.Engine.Functions;

/// <summary>What a reference to a type leads to: a definition in user code, or a name in some other assembly.</summary>
internal sealed record TypeTarget(TypeId? User, AssemblyOrigin? Origin = null)
{
    /// <summary>Arrays, pointers, type parameters and global members: nothing that has a definition.</summary>
    public static TypeTarget None { get; } = new((TypeId?)null);

    public bool IsExternal => Origin is not null;
}
