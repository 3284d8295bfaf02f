namespace ScaleMs.Engine.Functions;

/// <summary>What a referenced assembly is to the digest.</summary>
internal abstract record AssemblyOrigin
{
    private AssemblyOrigin()
    {
    }

    /// <summary>Its IL enters.</summary>
    internal sealed record User(ModuleFile Module) : AssemblyOrigin;

    /// <summary>Its name and version enter.</summary>
    internal sealed record Package(string Name, string Version) : AssemblyOrigin;

    /// <summary>Only the runtime's major version enters.</summary>
    internal sealed record Framework : AssemblyOrigin;
}
