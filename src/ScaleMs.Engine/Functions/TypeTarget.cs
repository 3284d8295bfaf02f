namespace ScaleMs.Engine.Functions;

/// <summary>What a reference to a type leads to: a definition in user code, or a name in some other assembly.</summary>
internal readonly record struct TypeTarget(TypeId? User, AssemblyOrigin? Origin = null)
{
    /// <summary>Arrays, pointers, type parameters and global members: nothing that has a definition.</summary>
    public static TypeTarget None => default;

    public bool IsExternal => Origin is not null;
}
